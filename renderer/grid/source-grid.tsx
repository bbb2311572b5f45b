import type { RowSource } from '../../shared/contract/tables.ts';
import { ProblemView } from '../ui/problem-view.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Grid, type GridProps } from './grid.tsx';
import { useSourceRows } from './use-source-rows.ts';

/** A grid over rows that stay in the engine and come page by page: a table, the failing rows of a finding. */
export function SourceGrid(props: Omit<GridProps, 'rows' | 'version'> & { readonly source: RowSource }) {
  const { source, ...rest } = props;
  const { rows, problem, version, again } = useSourceRows(source);
  if (problem) return <ProblemView problem={problem} action={{ label: 'Try again', run: again }} />;
  if (!rows) return <Skeleton lines={8} says="Reading rows…" />;
  return <Grid key={JSON.stringify(source)} {...rest} rows={rows} version={version} />;
}
