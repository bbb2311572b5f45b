import { type RefObject, useEffect } from 'react';
import { useTab } from '../../workspace/tab-state.ts';
import { holdCanvas } from './canvases.ts';
import { keepCopied, lastCopied } from './clipboard.ts';
import { copySteps, pastedIds, pasteSteps } from './copied-steps.ts';
import { useRun, useRunTask } from './run.ts';
import { arrangeAll } from './use-canvas.ts';
import type { PipelineModel } from './use-pipeline.ts';

/** Lets the commands reach this canvas: undo, copy, arrange, run. */
export function useCanvasActions(
  model: PipelineModel,
  remove: () => void,
  place: { readonly canvas: RefObject<HTMLElement | null>; readonly palette: RefObject<HTMLElement | null> },
): void {
  const { id } = useTab();
  const running = useRunTask() !== undefined;
  const run = useRun(model);
  useEffect(() => {
    const { pipeline, selected, select } = model;
    const { boxes, edges } = selected;
    const copy = pipeline && boxes.length > 0 ? () => keepCopied(copySteps(pipeline, boxes)) : undefined;
    const ready = !running && pipeline !== undefined && pipeline.steps.length > 0;
    const [only, ...others] = boxes;
    return holdCanvas(id, {
      undo: model.undo,
      redo: model.redo,
      copy,
      cut: copy && (() => [copy(), remove()]),
      paste: pipeline && (() => paste(model)),
      remove: boxes.length + edges.length > 0 ? remove : undefined,
      selectAll: () => select({ boxes: pipeline?.steps.map((step) => step.id) ?? [], edges: [] }),
      arrange: () => arrangeAll(model),
      chooseStep: () => place.palette.current?.querySelector('input')?.focus(),
      run: ready ? () => void run().catch(() => {}) : undefined,
      runToSelected:
        ready && only !== undefined && others.length === 0 ? () => void run(only).catch(() => {}) : undefined,
      hasFocus: () =>
        document.activeElement === document.body || !!place.canvas.current?.contains(document.activeElement),
    });
  }, [id, model, remove, place, run, running]);
}

function paste({ pipeline, edit, select }: PipelineModel): void {
  const copied = lastCopied();
  if (!copied || !pipeline) return;
  const ids = pastedIds(pipeline, copied);
  edit(pasteSteps(copied, ids));
  select({ boxes: [...ids.values()], edges: [] });
}
