import { useState } from 'react';
import type { RowSource } from '../../shared/contract/tables.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ProblemView } from '../ui/problem-view.tsx';
import { Grid, type GridProps } from './grid.tsx';
import { useSourceRows } from './use-source-rows.ts';
import { WaitingRows } from './waiting-rows.tsx';

/** A grid over rows that stay in the engine and come page by page: a table, the failing rows of a finding. */
export function SourceGrid(props: Omit<GridProps, 'rows' | 'version'> & { readonly source: RowSource }) {
  const { source, ...rest } = props;
  const { rows, problem, version, again, stop } = useSourceRows(source);
  const [stopped, setStopped] = useState(false);
  if (problem) return <ProblemView problem={problem} action={{ label: 'Try again', run: again }} />;
  const read = () => {
    setStopped(false);
    again();
  };
  if (!rows && stopped)
    return <EmptyState says="The rows were not read." action={{ label: 'Read rows', run: read }} />;
  if (!rows) {
    const cancel = () => {
      setStopped(true);
      stop();
    };
    return <WaitingRows onCancel={cancel} />;
  }
  return <Grid key={JSON.stringify(source)} {...rest} rows={rows} version={version} />;
}
