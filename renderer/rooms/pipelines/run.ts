import { useCallback } from 'react';
import type { Pipeline } from '../../../shared/contract/pipelines.ts';
import { steps } from '../../../shared/registry.ts';
import { engine } from '../../engine.ts';
import { runTask, useTasks } from '../../tasks.ts';
import { counted } from '../../ui/format.ts';
import { toast } from '../../ui/toast.tsx';
import { showPanel } from '../../workspace/layout.ts';
import { useTabMemory, useTabState } from '../../workspace/tab-state.ts';
import type { PipelineModel } from './use-pipeline.ts';

/** The run that this tab started, while it goes on. */
export function useRunTask() {
  const [id] = useTabMemory('task', 0);
  const task = useTasks(({ tasks }) => tasks.find((candidate) => candidate.id === id));
  return task && task.endedAt === undefined ? task : undefined;
}

/** The pipeline as it was when it ran from this tab. */
export const useRanAs = () => useTabState<Pipeline | null>('ranAs', null);

/** Up to a step, or from one on. */
export type RunPart = { readonly to?: string; readonly from?: string };

/** Saves and runs the pipeline, all of it or up to a step. */
export function useRun({ name, pipeline, save }: PipelineModel): (part?: RunPart) => Promise<void> {
  const [, setTask] = useTabMemory('task', 0);
  const [, setRanAs] = useRanAs();
  return useCallback(
    async (part: RunPart = {}) => {
      await save();
      const words = Object.entries(part).map(([way, step]) => ` ${way} ${step}`);
      const title = `Running ${name}${words.join('')}`;
      const result = await runTask(
        title,
        (options) => engine.pipelines.run({ name, ...part }, options),
        setTask,
      ).finally(() => setRanAs(pipeline ?? null));
      if (result.status === 'failed') {
        showPanel('pipeline', 'run');
        toast({ title: `${name} failed`, detail: result.problem?.message, tone: 'bad' });
        return;
      }
      const written = result.steps.filter(({ kind, status }) => steps.get(kind)?.writes && status === 'ran');
      toast({
        title: `${name} ran`,
        detail:
          written.length > 0 ? `${counted(written.length, 'table')} written` : 'Every table is as it was.',
      });
    },
    [name, pipeline, save, setTask, setRanAs],
  );
}
