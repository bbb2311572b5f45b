import { PGlite } from '@electric-sql/pglite';
import { shopImports } from '../../electron/setup/sample/workspace/imports.ts';

/** Lines that begin on these lines of the file, 1 being the header, are left out. */
const without = (text: string, lines: readonly number[]) =>
  text
    .split('\n')
    .filter((_, index) => !lines.includes(index + 1))
    .join('\n');

/** The sample's files as tables of a real database, the lines that an import refuses left out. */
export async function shopDatabase(
  files: ReadonlyMap<string, string>,
  refused: readonly { readonly file: string; readonly line: number }[],
): Promise<PGlite> {
  const database = await PGlite.create();
  for (const { file, table, types } of shopImports) {
    const text = files.get(file) ?? '';
    const header = text.slice(0, text.indexOf('\n')).split(',');
    const lines = refused.filter((one) => one.file === file).map(({ line }) => line);
    await database.exec(
      `create table ${table} (${header.map((name) => `"${name}" ${types[name] ?? 'no_such_type'}`)})`,
    );
    await database.query(`copy ${table} from '/dev/blob' with (format csv, header)`, [], {
      blob: new Blob([without(text, lines)]),
    });
  }
  return database;
}
