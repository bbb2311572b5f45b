import { useChartsGroup } from './charts-group.ts';
import { useChecksGroup } from './checks-group.ts';
import { useCollectionsGroup } from './collections-group.ts';
import type { ExplorerGroup } from './group.ts';
import { usePipelinesGroup } from './pipelines-group.ts';
import { useQueriesGroup } from './queries-group.ts';
import { useTablesGroup } from './tables-group.ts';

/** Everything in the workspace, in the order of the road. */
export function useExplorer(): readonly ExplorerGroup[] {
  const tables = useTablesGroup();
  const pipelines = usePipelinesGroup();
  const checks = useChecksGroup();
  const queries = useQueriesGroup();
  const charts = useChartsGroup();
  const collections = useCollectionsGroup();
  return [tables, pipelines, checks, queries, charts, collections];
}
