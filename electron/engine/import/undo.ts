import { readFile, rm } from 'node:fs/promises';
import type { Undone, UndoState } from '../../../shared/contract/import.ts';
import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import type { Session } from '../database/database.ts';
import { writeWhole } from '../workspace/write-whole.ts';
import { dependentsInDatabase } from './dependents.ts';
import { dropFormer, type Former, putBack } from './former.ts';
import { emitImported } from './imported.ts';

interface UndoRow extends Former {
  readonly id: number;
  readonly importId: number;
  readonly version: number;
  readonly current: number;
  readonly former: Readonly<Record<string, unknown>> | null;
  readonly recipe: string;
  readonly recipeBefore: string | null;
  readonly recipeAfter: string;
  readonly source: string;
  readonly at: string;
}

/** Whether the last import of a table can be undone, and what that would do. */
export async function undoState(session: Session, table: string): Promise<UndoState> {
  const row = await undoRow(session, table);
  if (!row) return { possible: false, says: `"${table}" has no import that can be undone.` };
  const why = refusal(row);
  if (why !== undefined) return { possible: false, says: why, source: row.source, at: row.at };
  return { possible: true, says: effects[row.kind], source: row.source, at: row.at };
}

const effects: Readonly<Record<Former['kind'], string>> = {
  created: 'The table goes away: the import made it.',
  replaced: 'The rows and columns from before the import come back.',
  refilled: 'The rows from before the import come back.',
  added: 'The rows that were added go away.',
  merged: 'Changed rows become what they were, and added ones go away.',
};

function refusal({ refused, version, current }: UndoRow): string | undefined {
  if (refused) return refused;
  if (version !== current) return 'The table was changed after the import; undoing would lose that.';
  return undefined;
}

/** Takes the last import of a table back: all of it, or nothing. */
export async function undoImport(context: Context, table: string, signal: AbortSignal): Promise<Undone> {
  const title = `Undoing the import of ${table}`;
  const undone = await context.database.transaction({ title, signal }, async (session) => {
    const row = await undoRow(session, table);
    if (!row) {
      throw problem('not_found', `"${table}" has no import that can be undone.`, {
        hint: 'The last imports of a table can be undone, one after the other, until it is changed otherwise.',
        at: { table },
      });
    }
    const why = refusal(row);
    if (why !== undefined) {
      throw problem('bad_input', `The import of "${table}" cannot be undone. ${why}`, { at: { table } });
    }
    const takesAway = (row.addedColumns ?? []).length > 0;
    if (row.kind === 'created' || row.kind === 'replaced' || takesAway) await refuseWhereUsed(session, table);
    await putBack(session, table, row, await columnsOf(session, table));
    await forget(session, table, row);
    await restoreRecipe(context, row);
    return row;
  });
  emitImported(context);
  return { table, exists: undone.kind !== 'created', source: undone.source, says: effects[undone.kind] };
}

async function refuseWhereUsed(session: Session, table: string): Promise<void> {
  const users = await dependentsInDatabase(session, table);
  if (users.length === 0) return;
  throw problem('bad_input', `The import of "${table}" cannot be undone: ${users.join(', ')} read it.`, {
    hint: 'Remove what reads the table first.',
    at: { table },
  });
}

async function columnsOf(session: Session, table: string): Promise<string[]> {
  const rows = await session.query<{ name: string }>(
    sql`select attname as name from pg_attribute where attrelid = to_regclass(format('public.%I', ${table}::text))
      and attnum > 0 and not attisdropped and attname <> '_row' order by attnum`,
  );
  return rows.map(({ name }) => name);
}

async function forget(session: Session, table: string, row: UndoRow): Promise<void> {
  await session.run(sql`update assay.imports set undone_at = now() where id = ${row.importId}`);
  await session.run(sql`delete from assay.undos where id = ${row.id}`);
  if (row.kind === 'created') await session.run(sql`delete from assay.tables where name = ${table}`);
  else {
    await session.run(
      sql`update assay.tables t set origin = f.origin, source = f.source, import_id = f.import_id,
          row_count = f.row_count, version = t.version + 1, updated_at = now()
        from jsonb_populate_record(null::assay.tables, ${JSON.stringify(row.former)}::jsonb) as f where t.name = ${table}`,
    );
    // The import before this one can be undone now, unless the table was changed between the two.
    await session.run(
      sql`update assay.undos u set version = t.version from assay.tables t
        where t.name = ${table} and u.id = (select max(id) from assay.undos where table_name = ${table})
          and u.version = ${Number(row.former?.['version'])}`,
    );
  }
  await dropFormer(session, row.kind === 'replaced' ? null : row.relation);
}

/** The recipe becomes what it was, unless somebody changed it since. */
async function restoreRecipe({ workspace }: Context, row: UndoRow): Promise<void> {
  const file = workspace.path(row.recipe);
  const now = await readFile(file, 'utf8').catch(() => undefined);
  if (now !== row.recipeAfter) return;
  if (row.recipeBefore === null) await rm(file);
  else await writeWhole(file, row.recipeBefore);
}

const undoRow = (session: Session, table: string) =>
  session.maybeOne<UndoRow>(
    sql`select u.id, u.kind, u.relation, u.last_row as "lastRow", u.refused, u.added_columns as "addedColumns", u.import_id as "importId", u.version,
        t.version as current, u.former, i.recipe, u.recipe_before as "recipeBefore", u.recipe_after as "recipeAfter",
        i.source, to_char(i.imported_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
      from assay.undos u join assay.tables t on t.name = u.table_name join assay.imports i on i.id = u.import_id
      where u.table_name = ${table} order by u.id desc limit 1`,
  );

/** Keeps what the recipe was before an import, and what it is after. */
export async function rememberRecipe(
  session: Session,
  table: string,
  { before, after }: { readonly before: string | null; readonly after: string },
): Promise<void> {
  await session.run(
    sql`update assay.undos set recipe_before = ${before}, recipe_after = ${after}
      where id = (select max(id) from assay.undos where table_name = ${table})`,
  );
}
