import { Workflow } from 'lucide-react';
import type { PipelineSummary } from '../../shared/contract/pipelines.ts';
import { ago, moment } from '../ui/format.ts';
import { useEngine } from '../use-engine.ts';
import type { ExplorerGroup, Mark } from './group.ts';

function markOf({ problem, lastRun, schedule }: PipelineSummary): Mark | undefined {
  if (problem) return { tone: 'bad', text: 'unreadable', says: problem.message };
  if (lastRun?.status === 'failed')
    return { tone: 'bad', text: 'failed', says: `The run of ${ago(lastRun.at)} failed` };
  if (!schedule?.missed) return undefined;
  return {
    tone: 'warn',
    text: 'missed',
    says: `Its schedule asked for a run at ${moment(schedule.missed)}; Run it to make up for that`,
  };
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
