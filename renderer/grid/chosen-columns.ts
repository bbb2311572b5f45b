import type { DecodedPage } from '../../shared/decode-page.ts';
import type { Rows } from './rows.ts';

/** Columns out of all, and where among all each of them stands. */
export interface ChosenColumns {
  readonly columns: Rows['columns'];
  readonly places: readonly number[];
}

/** Those of these names, in this order. */
export function chosenColumns(all: Rows['columns'], names: readonly string[]): ChosenColumns {
  const places = names.flatMap((name) => {
    const at = all.findIndex((column) => column.name === name);
    return at < 0 ? [] : [at];
  });
  return { places, columns: places.map((at) => all[at] as Rows['columns'][number]) };
}

/** The same rows with these columns only. */
export function withColumns(rows: Rows, { columns, places }: ChosenColumns): Rows {
  const placed = (column: number) => places[column] ?? -1;
  return {
    ...rows,
    columns,
    cell: (row, column) => rows.cell(row, placed(column)),
    read: async (first, count): Promise<DecodedPage> => {
      const page = await rows.read(first, count);
      return { ...page, columns, cell: (row, column) => page.cell(row, placed(column)) };
    },
  };
}
