import { resolve } from 'node:path';
import type { Account } from '../../../shared/contract/files.ts';
import type { ImportedColumn, ImportedTable } from '../../../shared/contract/import.ts';
import type { Room } from '../../../shared/contract/index.ts';
import { sql } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import { knownTable } from '../database/known-table.ts';
import { type KeptWriting, readWriting } from './imported-format.ts';
import { loadFile } from './load.ts';
import { planImport } from './plan-import.ts';
import { readRecipe } from './recipe.ts';
import { choicesIn } from './recipe-choices.ts';
import { listRejects } from './rejects.ts';
import { retryRejects } from './retry.ts';
import { SourceStates } from './source-state.ts';
import { undoImport, undoState } from './undo.ts';

/** Files into tables, and what became of every row. */
export function importRoom(context: Context): Room<'import'> {
  const { database } = context;
  const states = new SourceStates(context);
  return {
    load: (asked, call) => loadFile(context, asked, call),
    plan: (asked, call) => planImport(context, asked, call),
    async rejects({ table, ...page }) {
      await knownTable(database, table);
      return listRejects(database, table, page);
    },
    retry: (asked, call) => retryRejects(context, asked, call),
    undoState: ({ table }) => undoState(database, table),
    undo: ({ table }, { signal }) => undoImport(context, table, signal),
    recipe: async ({ recipe }) =>
      choicesIn(await readRecipe(resolve(context.workspace.dir, recipe)), context.workspace.dir),
    sourceState: ({ table }, { signal }) => states.of(table, signal),
    async latest({ table }) {
      const found = await database.maybeOne<LatestRow>(
        sql`select i.* from assay.imports i join assay.tables t on t.import_id = i.id where t.name = ${table}`,
      );
      return found ? importedTable(table, found) : null;
    },
  };
}

interface LatestRow {
  readonly source: string;
  readonly recipe: string;
  readonly dialect: KeptWriting;
  readonly columns: readonly ImportedColumn[];
  readonly physical: number;
  readonly loaded: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly skipped_by: Account['skippedBy'];
  readonly ms: number;
  readonly source_hash: string;
}

function importedTable(table: string, row: LatestRow): ImportedTable {
  const {
    source,
    recipe,
    dialect,
    columns,
    physical,
    loaded,
    rejected,
    skipped,
    skipped_by: skippedBy,
    ms,
    source_hash: hash,
  } = row;
  return {
    table,
    source,
    recipe,
    ...readWriting(dialect),
    columns,
    account: { physical, loaded, rejected, skipped, skippedBy },
    ms,
    hash,
  };
}
