import { useCallback } from 'react';
import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import { counted } from '../../../../shared/number-words.ts';
import { steps } from '../../../../shared/registry.ts';
import { engine } from '../../../engine.ts';
import { runTask, useTasks } from '../../../tasks.ts';
import { toast } from '../../../ui/toast.tsx';
import { showPanel } from '../../../workspace/layout.ts';
import { useTabMemory, useTabState } from '../../../workspace/tab-state.ts';
import type { PipelineModel } from '../document/use-pipeline.ts';
import { askParameters } from './ask-parameters.tsx';

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

/** True where nothing in what is edited is broken; else says what to mend, and shows it. */
async function isWhole({ name, draft, select }: PipelineModel): Promise<boolean> {
  if (!draft) return true;
  const schemas = await engine.pipelines.describe({ pipeline: draft });
  const broken = schemas.filter(({ problems }) => problems.length > 0);
  const [first, ...others] = broken;
  if (!first) return true;
  select({ boxes: [first.id], edges: [] });
  const more = others.length > 0 ? ` So have ${others.map(({ id }) => id).join(', ')}.` : '';
  toast({
    title: `${name} was neither saved nor run`,
    detail: `Mend "${first.id}" first: ${first.problems[0]?.message}${more}`,
    tone: 'bad',
  });
  return false;
}

/** Saves and runs the pipeline, all of it or up to a step; one that was edited into something broken stays unsaved. */
export function useRun(model: PipelineModel): (part?: RunPart) => Promise<void> {
  const { name, pipeline, save } = model;
  const [, setTask] = useTabMemory('task', 0);
  const [, setRanAs] = useRanAs();
  return useCallback(
    async (part: RunPart = {}) => {
      if (!(await isWhole(model))) return;
      const params = pipeline ? await askParameters(pipeline) : {};
      if (params === null) return;
      await save();
      const words = Object.entries(part).map(([way, step]) => ` ${way} ${step}`);
      const title = `Running ${name}${words.join('')}`;
      const result = await runTask(
        title,
        (options) => engine.pipelines.run({ name, ...part, params }, options),
        { started: setTask },
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
    [model, name, pipeline, save, setTask, setRanAs],
  );
}
