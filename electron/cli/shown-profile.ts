import type { ComparedColumn, TableComparison } from '../../shared/contract/comparison.ts';
import type { RowChanges } from '../../shared/contract/import.ts';
import type { ColumnProfile } from '../../shared/contract/tables.ts';
import { masked } from '../engine/checks/detect/masked-reason.ts';

/** A private column by what can be counted of it. */
export const withoutValues = (column: ColumnProfile): ColumnProfile => ({
  ...column,
  ...{ min: null, max: null, mean: null, median: null, sd: null, sum: null, low: null, high: null },
  ...{
    quantiles: null,
    lengths: null,
    patterns: null,
    gaps: null,
    top: [],
    histogram: [],
    starts: [],
    end: null,
  },
});

/** Profiles of columns as they may be written to a log: of private ones only what can be counted. */
export const shownColumns = (
  columns: readonly ColumnProfile[],
  hidden: readonly string[],
): readonly ColumnProfile[] =>
  columns.map((column) => (hidden.includes(column.name) ? withoutValues(column) : column));

/** A comparison as it may be written to a log: how far private columns are apart, and none of their values. */
export function shownComparison(
  { columns, ...sides }: TableComparison,
  hidden: readonly string[],
): TableComparison {
  const blank = (column: ComparedColumn): ComparedColumn => ({
    ...column,
    before: column.before && withoutValues(column.before),
    now: column.now && withoutValues(column.now),
    values: null,
  });
  return { ...sides, columns: columns.map((one) => (hidden.includes(one.name) ? blank(one) : one)) };
}

/** Rows that differ, as they may be written to a log. */
export function shownChanges(changes: RowChanges, hidden: readonly string[]): RowChanges {
  type Cells = RowChanges['examples']['new'][number];
  const shown = (cells: Cells): Cells =>
    cells.map((cell, at) => (cell !== null && hidden.includes(changes.columns[at] ?? '') ? masked : cell));
  const { new: added, removed, changed } = changes.examples;
  return {
    ...changes,
    examples: {
      new: added.map(shown),
      removed: removed.map(shown),
      changed: changed.map(({ before, after }) => ({ before: shown(before), after: shown(after) })),
    },
  };
}
