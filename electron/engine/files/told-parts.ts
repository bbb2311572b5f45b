import type { SniffedDialect } from '../../../shared/contract/files.ts';
import type { LeftOut, SniffedFormat } from '../../../shared/contract/formats.ts';
import { count, counted } from '../../../shared/number-words.ts';
import type { FileTable } from './table/file-table.ts';

/** What several files that are one table leave out, each by its name. */
export function toldOf(
  parts: readonly { readonly file: string; readonly table: FileTable }[],
): Pick<SniffedFormat, 'open' | 'leftOut'> {
  const open = parts.flatMap(({ file, table }) =>
    (table.format.open ?? []).map((note) => ({ ...note, says: `${file}: ${note.says}` })),
  );
  const leftOut = parts.flatMap(({ file, table }) =>
    [...(table.format.leftOut ?? []), ...otherTables(table)].map((one) => ({ ...one, file })),
  );
  return { open, leftOut };
}

const otherTables = ({ dialect }: FileTable): LeftOut[] =>
  (dialect?.otherTables ?? [])
    .filter(({ loaded }) => !loaded)
    .map(({ line, columns, records }) => ({
      kind: 'otherTable',
      records,
      texts: [`from line ${count(line)} on, of ${counted(columns, 'column')}`],
    }));

/** The dialect of several files, of which other tables are told by file. */
export function withoutTables(dialect: SniffedDialect | null): SniffedDialect | null {
  if (!dialect) return null;
  const { otherTables: _told, ...rest } = dialect;
  return rest;
}
