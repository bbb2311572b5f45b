import { Workflow } from 'lucide-react';
import type { PipelineSummary } from '../../shared/contract/pipelines.ts';
import { ago } from '../ui/format.ts';
import { useEngine } from '../use-engine.ts';
import type { ExplorerGroup, Mark } from './group.ts';

function markOf({ problem, lastRun }: PipelineSummary): Mark | undefined {
  if (problem) return { tone: 'bad', text: 'unreadable', says: problem.message };
  return lastRun?.status === 'failed'
    ? { tone: 'bad', text: 'failed', says: `The run of ${ago(lastRun.at)} failed` }
    : undefined;
}

function asideOf(pipeline: PipelineSummary) {
  if (markOf(pipeline)) return undefined;
  return pipeline.lastRun ? ago(pipeline.lastRun.at) : 'never run';
}

/** The workspace's pipelines, with their latest run. */
export function usePipelinesGroup(): ExplorerGroup {
  const { data, problem } = useEngine('pipelines', 'list', {});
  const items = data?.map((pipeline) => ({
    kind: 'pipeline',
    key: pipeline.name,
    title: pipeline.name,
    icon: Workflow,
    aside: asideOf(pipeline),
    marks: [markOf(pipeline)].filter((mark) => mark !== undefined),
  }));
  return { id: 'pipelines', title: 'Pipelines', room: 'pipelines', items, problem, none: 'No pipelines yet' };
}
