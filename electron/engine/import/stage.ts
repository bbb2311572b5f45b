import { randomBytes } from 'node:crypto';
import { rowColumn } from '../../../shared/column.ts';
import { problem, toProblem } from '../../../shared/problem.ts';
import { ident, join, names, type Sql, sql, typeName } from '../../../shared/sql.ts';
import type { Database, Session } from '../database/database.ts';
import { DiskRoom } from './disk-room.ts';

/** Where tables stand while they are filled. Emptied whenever a workspace is opened. */
export const stagingSchema = 'assay_staging';

/** A row on its way: its place among the file's sound records, and its cells as COPY reads them. */
export interface StagedRow {
  readonly ordinal: number;
  readonly cells: string;
}

/** A row that PostgreSQL itself refused. */
export interface Refused {
  readonly ordinal: number;
  readonly cause: string;
}

/** True for what PostgreSQL says of a value it does not take, and of nothing else. */
export function isRefusal(thrown: unknown): boolean {
  const { code, at } = toProblem(thrown);
  return code === 'sql_failed' && /^2[23]/.test(at?.sqlstate ?? '');
}

/** After so many bytes the log is settled: who cancels then, or opens again after a crash, waits for no more of it to be replayed. */
const settledEvery = 24 << 20;
const worthSettling = 1 << 20;

/** What an entry of the key takes. */
const keyBytes = 24;

/** A table being filled, out of everybody's sight. */
export class Stage {
  readonly name = `load_${randomBytes(6).toString('hex')}`;
  readonly #database: Database;
  readonly #title: string;
  readonly #room: DiskRoom;
  #columns: readonly { readonly name: string; readonly type: string }[] = [];
  #rows = 0;
  #unsettled = 0;

  constructor(database: Database, title: string, folder: string) {
    this.#database = database;
    this.#room = new DiskRoom(folder);
    this.#title = title;
  }

  get table(): Sql {
    return ident(stagingSchema, this.name);
  }

  /** What a former version of the table is called, if this one takes its place. */
  get formerName(): string {
    return this.name.replace('load', 'before');
  }

  get rejects(): Sql {
    return ident(stagingSchema, this.#rejectsName);
  }

  /** Rejects of rows that went in early, until it is known whether that was right. */
  get earlyRejects(): Sql {
    return ident(stagingSchema, `${this.name}_early`);
  }

  get #rejectsName(): string {
    return `${this.name}_rejects`;
  }

  /** Rows in it by now. */
  get rows(): number {
    return this.#rows;
  }

  /** A turn of its own, short enough never to be in the way. */
  turn<T>(work: (session: Session) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#database.use(
      { title: this.#title, priority: 'background', ...(signal ? { signal, hurried: true } : {}) },
      work,
    );
  }

  /** Makes room for rejects, which may come before anything is known of the columns. */
  async open(): Promise<void> {
    await this.turn(async (session) => {
      await session.run(sql`create schema if not exists ${ident(stagingSchema)}`);
      for (const table of [this.rejects, this.earlyRejects]) {
        await session.run(
          sql`create table ${table} (line bigint not null, byte_offset bigint, column_name text, cause text not null, raw text not null, file text)`,
        );
      }
    });
  }

  /** The early rejects are the rejects, but for those of records that are no rows from a line on; their number. */
  async keepEarlyRejects(before: number): Promise<number> {
    return this.turn(async (session) => {
      await session.run(sql`drop table ${this.rejects}`);
      if (before < Number.MAX_SAFE_INTEGER)
        await session.run(sql`delete from ${this.earlyRejects} where line >= ${before}`);
      await session.run(sql`alter table ${this.earlyRejects} rename to ${ident(this.#rejectsName)}`);
      const { n } = await session.one<{ n: number }>(sql`select count(*)::int as n from ${this.rejects}`);
      return n;
    });
  }

  /** Makes room for rows of these columns; what was there is gone. */
  async begin(columns: readonly { readonly name: string; readonly type: string }[]): Promise<void> {
    this.#columns = columns;
    this.#rows = 0;
    const typed = columns.map(({ name, type }) => sql`${ident(name)} ${typeName(type)}`);
    await this.turn(async (session) => {
      await session.run(sql`drop table if exists ${this.table}`);
      await session.run(
        sql`create table ${this.table} (${join([sql`${ident(rowColumn)} bigint not null`, ...typed])})`,
      );
    });
  }

  /** Leaves nothing of it; before whatever is asked next, as nobody is to see a part of it. */
  async drop(): Promise<void> {
    await this.#database.use({ title: this.#title }, async (session) => {
      await session.run(sql`drop table if exists ${this.table}`);
      await session.run(sql`drop table if exists ${this.rejects}`);
      await session.run(sql`drop table if exists ${this.earlyRejects}`);
    });
  }

  get #list(): Sql {
    return names([rowColumn, ...this.#columns.map(({ name }) => name)]);
  }

  /** Appends rows as a binary COPY reads them, each with its number; all of them or none. */
  async addBinary(bytes: Uint8Array, rows: number): Promise<void> {
    const copy = sql`copy ${this.table} (${this.#list}) from '/dev/blob' (format binary)`;
    await this.#room.take(bytes.length);
    const copied = await this.turn((session) => session.copyIn(copy, bytes));
    await this.#settle(bytes.length);
    if (copied !== rows) throw problem('bug', `${rows} rows were sent, but PostgreSQL took ${copied}.`);
    this.#rows += rows;
  }

  /** Appends rows; a piece that PostgreSQL refuses is halved until the rows at fault stand alone. */
  async add(rows: readonly StagedRow[]): Promise<Refused[]> {
    if (rows.length === 0) return [];
    const first = this.#rows + 1;
    const text = rows.map(({ cells }, at) => `${first + at},${cells}\n`).join('');
    const copy = sql`copy ${this.table} (${this.#list}) from '/dev/blob' (format csv)`;
    await this.#room.take(text.length);
    try {
      await this.turn((session) => session.copyIn(copy, Buffer.from(text)));
      this.#rows += rows.length;
      await this.#settle(text.length);
      return [];
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown;
      const { message } = toProblem(thrown);
      const [only] = rows;
      if (rows.length === 1 && only)
        return [{ ordinal: only.ordinal, cause: `PostgreSQL refuses it: ${message}.` }];
      const middle = rows.length >> 1;
      return [...(await this.add(rows.slice(0, middle))), ...(await this.add(rows.slice(middle)))];
    }
  }

  async #settle(bytes: number, least = settledEvery): Promise<void> {
    this.#unsettled += bytes;
    if (this.#unsettled < least) return;
    this.#unsettled = 0;
    await this.turn((session) => session.run(sql`checkpoint`));
  }

  /** Makes `_row` the key. */
  async finish(signal?: AbortSignal): Promise<void> {
    await this.#settle(0, worthSettling);
    await this.#room.take(this.#rows * keyBytes);
    await this.#room.take(0);
    const statement = sql`alter table ${this.table} add primary key (${ident(rowColumn)})`;
    await this.turn((session) => session.run(statement), signal);
  }
}

/** Drops what an import that was killed left behind. Called when a workspace is opened. */
export async function recoverImports(database: Database): Promise<void> {
  await database.run(sql`drop schema if exists ${ident(stagingSchema)} cascade`);
}
