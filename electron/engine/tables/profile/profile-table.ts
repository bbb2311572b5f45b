import { type Column, userColumns } from '../../../../shared/column.ts';
import type { ColumnProfile, Profile } from '../../../../shared/contract/tables.ts';
import { problem, toProblem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Filter } from '../../../../shared/view/filters.ts';
import { columnsOfView, sameInCopy, type View } from '../../../../shared/view/view.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Copies, Looked } from '../../columns/copies.ts';
import { rowsOf } from '../../columns/copy.ts';
import { whereOf } from '../../columns/duck-place.ts';
import type { Database } from '../../database/database.ts';
import { columnsNamed, type KnownTable } from '../known-table.ts';
import { askedOfCopy, askedOfPostgres, textsOf } from './asked.ts';
import { profileColumn } from './profile-column.ts';
import { copyReading, postgresReading } from './readings.ts';

/** Larger tables are copied before they are profiled: that takes less time than PostgreSQL needs for it. */
export const copiedFirst = 20_000;
const mostScopes = 8;

/** What is profiled: columns of a table, over all rows or those that filters keep. */
export interface Scope {
  readonly table: string;
  readonly columns?: readonly string[] | undefined;
  readonly filters: readonly Filter[];
}

/** Profiles of tables as they stand; what was computed is kept until the table changes. */
export class Profiles {
  readonly #database: Database;
  readonly #copies: Copies;
  readonly #kept = new Map<string, Map<string, ColumnProfile>>();

  constructor(database: Database, copies: Copies) {
    this.#database = database;
    this.#copies = copies;
  }

  async of({ table: name, columns: wanted, filters }: Scope, context: CallContext): Promise<Profile> {
    const looked = await this.#look(name, context);
    const { table } = looked;
    const view: View = { sort: [], filters: [...filters] };
    columnsOfView(name, table.columns, view);
    const columns = wanted ? columnsNamed(table, wanted) : userColumns(table.columns);
    const kept = this.#keptOf(table, filters);
    const profiles: ColumnProfile[] = [];
    for (const column of columns) {
      if (context.signal.aborted) throw problem('cancelled', 'The profile was not finished.');
      const title = `Profiling ${name}`;
      context.progress({ title, done: profiles.length, total: columns.length, unit: 'columns' });
      const profile =
        kept.get(column.name) ?? (await this.#read(looked, view, column, title, context.signal));
      kept.set(column.name, profile);
      profiles.push(profile);
    }
    const rows = await countRows(this.#database, this.#copies, looked, view);
    return { table: name, rows, columns: profiles };
  }

  #look(name: string, { progress }: CallContext): Promise<Looked> {
    return this.#copies.lookOrCopy(name, copiedFirst, (done, total) =>
      progress({ title: `Copying ${name} to profile it`, done, total, unit: 'rows' }),
    );
  }

  /** From the copy, where it may be asked about this column and these filters; else one turn of PostgreSQL. */
  async #read(
    { table, copy }: Looked,
    view: View,
    column: Column,
    title: string,
    signal: AbortSignal,
  ): Promise<ColumnProfile> {
    const copied = copy?.columns.get(column.name);
    const comparable = copied && (copied.key !== null || !postgresReading(column).ordered);
    if (copy && copied && comparable && sameInCopy(view, (name) => copy.columns.get(name))) {
      try {
        return await this.#copies.files.use(signal, ({ rows }) =>
          profileColumn(
            askedOfCopy(copy, view, async (statement) => textsOf(await rows(statement))),
            copyReading(copied),
          ),
        );
      } catch (thrown) {
        if (toProblem(thrown).code === 'cancelled') throw thrown;
        await this.#copies.failed(copy, thrown);
      }
    }
    return this.#database.transaction(
      { title: `${title}: ${column.name}`, priority: 'background', signal, reads: true },
      async (session) => {
        await session.run(sql`set local work_mem = '64MB'`);
        return profileColumn(askedOfPostgres(session, table, view), postgresReading(column));
      },
    );
  }

  #keptOf({ name, state }: KnownTable, filters: readonly Filter[]): Map<string, ColumnProfile> {
    const key = JSON.stringify([name, state, filters]);
    const columns = this.#kept.get(key) ?? new Map<string, ColumnProfile>();
    this.#kept.delete(key);
    this.#kept.set(key, columns);
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= mostScopes) break;
      this.#kept.delete(old);
    }
    return columns;
  }
}

/** How many rows filters keep. */
export async function countRows(
  database: Database,
  copies: Copies,
  { table, copy }: Looked,
  view: View,
): Promise<number> {
  if (view.filters.length === 0) return table.rows;
  if (copy && sameInCopy(view, (name) => copy.columns.get(name))) {
    const [row] = await copies.files.use(undefined, ({ rows }) =>
      rows(sql`select count(*) from ${rowsOf(copy)}${whereOf(copy, view)}`),
    );
    return Number(row?.[0]);
  }
  const { where, from } = askedOfPostgres(database, table, view);
  return (await database.one<{ n: number }>(sql`select count(*) as n from ${from}${where}`)).n;
}
