import { type Column, rowColumn } from '../../../shared/column.ts';
import type { FileColumn } from '../../../shared/contract/files.ts';
import type { importModes } from '../../../shared/contract/import.ts';
import { problem } from '../../../shared/problem.ts';
import { ident, sql } from '../../../shared/sql.ts';
import type { Database } from '../database/database.ts';

export type ImportMode = (typeof importModes)[number];

/** The table that an import is for, as it stands: its columns without `_row`, none where it is not there. */
export interface Target {
  readonly table: string;
  readonly exists: boolean;
  readonly columns: readonly Column[];
}

/** Looks at the table an import is for, and refuses a mode that does not fit it. */
export async function openTarget(database: Database, table: string, mode: ImportMode): Promise<Target> {
  ident(table);
  const found = await database.maybeOne<{ kind: string }>(
    sql`select relkind::text as kind from pg_class where relnamespace = 'public'::regnamespace and relname = ${table}`,
  );
  if (found && mode === 'create') {
    throw problem('bad_input', `There is a table "${table}" already.`, {
      hint: 'Choose another name with --table, or replace it (--mode replace) or add to it (--mode append).',
      at: { table },
    });
  }
  if (found && found.kind !== 'r') {
    throw problem('bad_input', `"${table}" is not a table that a file can be loaded into.`, {
      hint: 'It is a view, made by a pipeline or a query. Choose another name.',
      at: { table },
    });
  }
  const columns = await database.query<Column>(
    sql`select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = to_regclass(format('public.%I', ${table}::text)) and attnum > 0 and not attisdropped
        and attname <> ${rowColumn} order by attnum`,
  );
  return { table, exists: found !== undefined, columns };
}

/** Refuses types that PostgreSQL does not know, before anything is read. */
export async function refuseUnknownTypeNames(
  database: Database,
  types: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [column, type] of Object.entries(types)) {
    const known = await database
      .one<{ known: boolean }>(sql`select to_regtype(${type}) is not null as known`)
      .catch(() => ({ known: false }));
    if (known.known) continue;
    throw problem('bad_input', `There is no type "${type}", which was chosen for ${column}.`, {
      hint: 'Types are PostgreSQL’s: integer, bigint, numeric(18,2), double precision, text, boolean, date, timestamp, uuid, jsonb, vector(384) …',
      at: { column },
    });
  }
}

/** Refuses to append a file whose columns are not the table's. */
export function refuseOtherColumns(target: Target, columns: readonly FileColumn[]): void {
  const missing = target.columns.filter(({ name }) => !columns.some((column) => column.name === name));
  const extra = columns.filter(({ name }) => !target.columns.some((column) => column.name === name));
  if (missing.length + extra.length === 0) return;
  const said = [listed('the file lacks', missing), listed('the table lacks', extra)]
    .filter(Boolean)
    .join('; ');
  throw problem('bad_input', `The file cannot be added to "${target.table}": ${said}.`, {
    hint:
      missing.length > 0
        ? 'Replace the table, or import under another name.'
        : 'Add the new columns to the table (--new-columns), replace it, or import under another name.',
    at: { table: target.table },
  });
}

function listed(words: string, columns: readonly { readonly name: string }[]): string {
  if (columns.length === 0) return '';
  const first = columns.slice(0, 5).map(({ name }) => `"${name}"`);
  return `${words} ${first.join(', ')}${columns.length > 5 ? ` and ${columns.length - 5} more` : ''}`;
}
