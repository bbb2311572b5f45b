import { type Column, userColumns } from '../../../../shared/column.ts';
import type { ColumnProfile, Profile } from '../../../../shared/contract/tables.ts';
import { stopIfCancelled } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Filter } from '../../../../shared/view/filters.ts';
import { columnsOfView, filtersKey, sameInCopy, type View } from '../../../../shared/view/view.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Copies, Looked } from '../../columns/copies.ts';
import { rowsOf } from '../../columns/copy.ts';
import { whereOf } from '../../columns/duck-place.ts';
import type { Database } from '../../database/database.ts';
import { columnsNamed, type KnownTable } from '../../database/known-table.ts';
import { ColumnAsker } from './ask-column.ts';
import { askedOfPostgres } from './asked.ts';
import { profileColumn, profileSample } from './profile-column.ts';

/** Larger tables are copied before they are profiled: that takes less time than PostgreSQL needs for it. */
export const copiedFirst = 20_000;
const mostScopes = 8;
/** So many rows are enough for a first impression. */
export const sampledRows = 10_000;

/** What is profiled: columns of a table, over all rows or those that filters keep. */
export interface Scope {
  readonly table: string;
  readonly columns?: readonly string[] | undefined;
  readonly filters: readonly Filter[];
  /** Of a large table only a sample, at once. */
  readonly quick?: boolean;
}

/** Profiles of tables as they stand; what was computed is kept until the table changes. */
export class Profiles {
  readonly #database: Database;
  readonly #copies: Copies;
  readonly asker: ColumnAsker;
  readonly #kept = new Map<string, Map<string, ColumnProfile>>();

  constructor(database: Database, copies: Copies) {
    this.#database = database;
    this.#copies = copies;
    this.asker = new ColumnAsker(database, copies);
  }

  async of({ table: name, columns: wanted, filters, quick }: Scope, context: CallContext): Promise<Profile> {
    const looked = quick ? await this.#copies.look(name) : await this.#look(name, context);
    const { table } = looked;
    const view: View = { sort: [], filters: [...filters] };
    columnsOfView(name, table.columns, view);
    const columns = wanted ? columnsNamed(table, wanted) : userColumns(table.columns);
    const kept = this.#keptOf(table, filters);
    const known = columns.every((column) => kept.has(column.name));
    if (quick && !known && table.rows > sampledRows * 2) {
      return this.#sample(looked, view, columns, context.signal);
    }
    const profiles: ColumnProfile[] = [];
    for (const column of columns) {
      stopIfCancelled(context.signal, 'The profile was not finished.');
      const title = `Profiling ${name}`;
      context.progress({ title, done: profiles.length, total: columns.length, unit: 'columns' });
      const question = { looked, view, column, title, signal: context.signal };
      const profile = kept.get(column.name) ?? (await this.asker.ask(question, profileColumn));
      kept.set(column.name, profile);
      profiles.push(profile);
    }
    const rows = await countRows(this.#database, this.#copies, looked, view);
    return { table: name, rows, sampled: null, columns: profiles };
  }

  #look(name: string, { signal, progress }: CallContext): Promise<Looked> {
    return this.#copies.lookOrCopy(name, copiedFirst, signal, (done, total) =>
      progress({ title: `Copying ${name} to profile it`, done, total, unit: 'rows' }),
    );
  }

  /** From a part of the rows, without waiting for anything but them; a copy is made meanwhile. */
  async #sample(
    looked: Looked,
    view: View,
    columns: readonly Column[],
    signal: AbortSignal,
  ): Promise<Profile> {
    const { table } = looked;
    const share = sampledRows / table.rows;
    const profiles: ColumnProfile[] = [];
    let sampled = 0;
    for (const column of columns) {
      const question = { looked, view, column, title: `Sampling ${table.name}`, signal, share };
      const { profile, rows: picked } = await this.asker.ask(question, profileSample);
      sampled = picked;
      profiles.push(profile);
    }
    const rows = view.filters.length === 0 ? table.rows : Math.round(sampled / share);
    return { table: table.name, rows, sampled, columns: profiles };
  }

  #keptOf({ name, state }: KnownTable, filters: readonly Filter[]): Map<string, ColumnProfile> {
    const key = JSON.stringify([name, state, filtersKey(filters)]);
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
