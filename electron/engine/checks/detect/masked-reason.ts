import type { SampleRow } from '../../../../shared/contract/checks.ts';

/** What stands for a value that is shown to nobody. */
export const masked = '•••';

/** A reason without the values that it quotes: all from the first quote to the last. */
export const maskedReason = (reason: string): string => reason.replace(/".*"/s, `"${masked}"`);

/** A bad row with `•••` for every value of these columns. */
export const maskedRow = (row: SampleRow, columns: ReadonlySet<string> | 'all'): SampleRow => ({
  ...row,
  cells: Object.fromEntries(
    Object.entries(row.cells).map(([name, cell]) => [
      name,
      cell !== null && (columns === 'all' || columns.has(name)) ? masked : cell,
    ]),
  ),
});
