import { type Column, userColumns } from '../../../shared/column.ts';
import type { ColumnProfile, Profile } from '../../../shared/contract/tables.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Database } from '../database/database.ts';
import { columnsNamed, type KnownTable, knownTable } from './known-table.ts';
import { profileColumn } from './profile-column.ts';

/** Profiles of tables as they stand; what was computed is kept until the table changes. */
export class Profiles {
  readonly #kept = new Map<string, { state: string; columns: Map<string, ColumnProfile> }>();

  /** One turn a column, so that reads get in between. */
  async of(
    database: Database,
    name: string,
    wanted: readonly string[] | undefined,
    context: CallContext,
  ): Promise<Profile> {
    const table = await knownTable(database, name);
    const columns = wanted ? columnsNamed(table, wanted) : userColumns(table.columns);
    const kept = this.#keptOf(table);
    const profiles: ColumnProfile[] = [];
    for (const column of columns) {
      const title = `Profiling ${name}`;
      context.progress({ title, done: profiles.length, total: columns.length, unit: 'columns' });
      const profile =
        kept.get(column.name) ?? (await this.#read(database, table, column, title, context.signal));
      kept.set(column.name, profile);
      profiles.push(profile);
    }
    return { table: name, rows: table.rows, columns: profiles };
  }

  #read(database: Database, table: KnownTable, column: Column, title: string, signal: AbortSignal) {
    return database.transaction(
      { title: `${title}: ${column.name}`, priority: 'background', signal },
      (session) => profileColumn(session, table.name, column),
    );
  }

  #keptOf({ name, state }: KnownTable): Map<string, ColumnProfile> {
    const kept = this.#kept.get(name);
    if (kept?.state === state) return kept.columns;
    const columns = new Map<string, ColumnProfile>();
    this.#kept.set(name, { state, columns });
    return columns;
  }
}
