import { useEffect, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../shared/problem.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ProblemView } from '../ui/problem-view.tsx';
import { chosenColumns, withColumns } from './chosen-columns.ts';
import { Grid, type GridProps } from './grid.tsx';
import type { Rows } from './rows.ts';
import type { PageSource } from './source-rows.ts';
import { useSourceRows } from './use-source-rows.ts';
import { WaitingRows } from './waiting-rows.tsx';

/** A grid over rows that stay in the engine and come page by page: a table, the failing rows of a finding. */
export function SourceGrid(
  props: Omit<GridProps, 'rows' | 'version' | 'of' | 'busy'> & {
    readonly source: PageSource;
    /** The columns shown, in this order; left out, all. */
    readonly columns?: readonly string[] | undefined;
    /** Told how many rows the source has, once that is known; `of` is the source as JSON. */
    readonly onTotal?: ((of: string, total: number) => void) | undefined;
    /** Told why its rows could not be read. */
    readonly onFail?: ((of: string, problem: Problem) => void) | undefined;
  },
) {
  const { source, columns, onTotal, onFail, ...rest } = props;
  const { rows: now, problem, version, again, stop } = useSourceRows(source);
  const [stopped, setStopped] = useState(false);
  const shown = useKeptRows(now, source);
  const known = now ? shown : undefined;
  const of = JSON.stringify(source);
  const total = known?.rows.total;
  const totalOf = known?.of;
  useEffect(() => {
    if (total !== undefined && totalOf !== undefined) onTotal?.(totalOf, total);
    else if (problem) onFail?.(of, problem);
  }, [total, totalOf, problem, of, onTotal, onFail]);
  const rows = useChosen(shown?.rows, columns);
  if (problem) return <ProblemView problem={problem} action={{ label: 'Try again', run: again }} />;
  const read = () => {
    setStopped(false);
    again();
  };
  if (!rows && stopped)
    return <EmptyState says="The rows were not read." action={{ label: 'Read rows', run: read }} />;
  if (!rows || !shown) {
    const cancel = () => {
      setStopped(true);
      stop();
    };
    return <WaitingRows onCancel={cancel} />;
  }
  return <Grid key={thingOf(source)} {...rest} rows={rows} version={version} of={shown.of} busy={!now} />;
}

function useChosen(rows: Rows | undefined, names: readonly string[] | undefined): Rows | undefined {
  const all = rows?.columns;
  const chosen = useMemo(() => all && names && chosenColumns(all, names), [all, names]);
  return useMemo(() => (rows && chosen ? withColumns(rows, chosen) : rows), [rows, chosen]);
}

function thingOf(source: PageSource): string {
  if (source.of === 'table') return source.table;
  return source.of === 'finding' ? String(source.finding) : `${source.step}.${source.output}`;
}

/** The rows that came last stay until those of another order or filter are there, but never those of another table. */
function useKeptRows(now: Rows | undefined, source: PageSource) {
  const kept = useRef<{ readonly rows: Rows; readonly of: string; readonly thing: string } | undefined>(
    undefined,
  );
  const of = JSON.stringify(source);
  const thing = thingOf(source);
  if (now && (kept.current?.rows !== now || kept.current.of !== of)) kept.current = { rows: now, of, thing };
  return kept.current?.thing === thing ? kept.current : undefined;
}
