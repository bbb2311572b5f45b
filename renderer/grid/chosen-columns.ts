import type { DecodedPage } from '../../shared/decode-page.ts';
import type { Rows } from './rows.ts';

/** The same rows with these columns only, in this order. */
export function withColumns(rows: Rows, names: readonly string[]): Rows {
  const places = names.flatMap((name) => {
    const at = rows.columns.findIndex((column) => column.name === name);
    return at < 0 ? [] : [at];
  });
  const columns = places.map((at) => rows.columns[at] as Rows['columns'][number]);
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
