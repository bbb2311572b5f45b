import type { FileColumn } from '../../../shared/contract/files.ts';
import type { ImportedColumn } from '../../../shared/contract/import.ts';
import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import type { Database } from '../database/database.ts';

/** How the columns of a table were read when it was imported last, where not as PostgreSQL reads them. */
export async function formatsBefore(database: Database, table: string): Promise<Record<string, string>> {
  const found = await database.maybeOne<{ columns: readonly ImportedColumn[] }>(
    sql`select i.columns from assay.imports i join assay.tables t on t.import_id = i.id where t.name = ${table}`,
  );
  const written = found?.columns.flatMap(({ name, format }) => (format ? [[name, format] as const] : []));
  return Object.fromEntries(written ?? []);
}

/** Rows that join a table are not read in one of several ways that nothing decides: a person is asked. */
export function refuseUndecided(columns: readonly FileColumn[], table: string): void {
  const open = columns.find(({ type, readings = [] }) => type !== 'text' && readings.length > 1);
  if (!open) return;
  const { name, readings = [] } = open;
  const ways = readings.map(({ format, says }) => `--read '${name}=${format}' for ${says}`);
  throw problem(
    'bad_input',
    `"${name}" can be read in several ways, and nothing in the file decides: ${readings.map(({ says }) => says).join(', or ')}.`,
    {
      hint: `Nothing was added to "${table}". Choose one in the preview, or say ${ways.join(', ')}.`,
      at: { table, column: name },
    },
  );
}
