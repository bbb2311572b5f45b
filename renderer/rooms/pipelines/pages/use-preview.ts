import { useCallback, useEffect, useRef, useState } from 'react';
import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import type { Page } from '../../../../shared/contract/tables.ts';
import type { StepRef } from '../../../../shared/pipeline-graph.ts';
import { type Problem, toProblem } from '../../../../shared/problem.ts';
import { engine, onEngineEvent } from '../../../engine.ts';

/** How a preview stands; what was there is kept while the next is computed. */
export interface Preview {
  readonly status: 'computing' | 'ready' | 'failed';
  readonly page?: Page;
  readonly problem?: Problem;
}

/** Cancelling what runs restarts the database, so only what has taken longer than that costs is cancelled for a newer question. */
const worthCancellingMs = 800;

/** The first rows of a step's output, as the pipeline is on the canvas; asked again when tables change. */
export function usePreview(
  pipeline: Pipeline,
  { step, output, limit }: StepRef & { readonly limit: number },
  enabled: boolean,
) {
  const [preview, setPreview] = useState<Preview>({ status: 'computing' });
  const running = useRef<AbortController>(undefined);
  const leave = useRef(() => {});
  const ask = useCallback(() => {
    leave.current();
    const controller = new AbortController();
    const began = performance.now();
    let current = true;
    running.current = controller;
    leave.current = () => {
      current = false;
      if (performance.now() - began > worthCancellingMs) controller.abort();
    };
    setPreview((before) => ({ ...before, status: 'computing' }));
    engine.pipelines.preview({ pipeline, step, output, limit }, { signal: controller.signal }).then(
      (page) => current && setPreview({ status: 'ready', page }),
      (thrown) => current && setPreview({ status: 'failed', problem: toProblem(thrown) }),
    );
  }, [pipeline, step, output, limit]);
  useEffect(() => {
    if (enabled) ask();
    return () => leave.current();
  }, [ask, enabled]);
  useEffect(
    () => onEngineEvent((event) => enabled && event.event === 'changed' && event.room === 'tables' && ask()),
    [ask, enabled],
  );
  return { preview, cancel: useCallback(() => running.current?.abort(), []), again: ask };
}
