import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Database, Session } from '../../database/database.ts';
import { writePlainly } from '../connection/plain-texts.ts';
import type { TableShape } from '../connection/target-session.ts';
import { type ChecksumAnswer, checksumQuery } from '../verify/checksums.ts';

/** What is sent at once: large enough to be quick, small enough that memory stays flat. */
const pieceBytes = 8 * 1024 * 1024;
const firstRows = 2_000;
const mostRows = 100_000;

/** A table here, read in the order of the column that numbers its rows. */
export interface SourceTable extends TableShape {
  /** `_row` of a table, `id` of a collection. */
  readonly key: string;
  /** Its rows as they are sent. */
  readonly from: Sql;
  /** How many they are. */
  readonly rows: number;
  /** What they take here. */
  readonly bytes: number;
}

/** Some rows as a complete binary COPY. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** How many of the table's rows lie in its range of addresses; of the last piece at most so many. */
  readonly rows: number;
  /** The key after which the next piece begins. */
  readonly last: string;
  /** Checksums of all rows in its range, read in the same turn. */
  readonly sums: ChecksumAnswer;
}

/**
 * A table's rows as complete binary COPYs of a few megabytes each, every one a turn of its own, so that others get
 * the database in between. It begins after the row whose key is `start`, and leaves
 * out rows for which `only` does not hold.
 */
export async function* piecesOf(
  database: Database,
  source: SourceTable,
  signal: AbortSignal,
  start: string | null,
  only: Sql = sql`true`,
): AsyncGenerator<Piece> {
  const { name, columns, from } = source;
  const order = ident(source.key);
  const list = join(columns.map((column) => ident(column.name)));
  const turn = { title: `Promoting ${name}`, priority: 'background' as const, signal };
  const { low, high, rows } = await database.use(turn, (session) => extent(session, source, start));
  if (low === null) return;
  const dense = high - low + 1 === rows;
  let limit = firstRows;
  for (let after = low - 1; after < high; ) {
    const piece = await database.use(turn, async (session) => {
      const last = dense ? Math.min(high, after + limit) : await reach(session, from, order, after, limit);
      const range = sql`${order} > ${after}::bigint and ${order} <= ${last}::bigint`;
      const inRange = sql`select ${list} from ${from} where ${range}`;
      await writePlainly(session);
      const bytes = await inOrder(session, sql`${inRange} and ${only} order by ${order}`);
      const sums = await session.one<ChecksumAnswer>(
        checksumQuery(sql`(${inRange}) as piece`, columns, 'embedded'),
      );
      return { last, bytes, sums };
    });
    const { bytes, last, sums } = piece;
    const share = dense ? last - after : Math.min(limit, rows);
    yield { bytes, rows: share, last: String(last), sums };
    limit = Math.max(1, Math.min(mostRows, Math.floor((share * pieceBytes) / bytes.length)));
    after = last;
  }
}

/** Rows by the index of their addresses: without statistics PostgreSQL sorts each piece, which takes half as long again. */
async function inOrder(session: Session, select: Sql): Promise<Uint8Array> {
  await session.run(sql`set enable_sort = off`);
  try {
    return await session.copyOut(sql`copy (${select}) to stdout (format binary)`);
  } finally {
    await session.run(sql`reset enable_sort`);
  }
}

/** From where to where its addresses go, told by their index, and how many there are. */
async function extent(session: Session, { key, from, rows }: SourceTable, start: string | null) {
  const order = ident(key);
  const begun = start === null ? sql`` : sql`where ${order} > ${start}::bigint`;
  const ends = await session.one<{ low: number | null; high: number }>(
    sql`select min(${order})::float8 as low, max(${order})::float8 as high from ${from} ${begun}`,
  );
  if (start === null) return { ...ends, rows };
  return session.one<typeof ends & { rows: number }>(sql`
    select ${ends.low}::float8 as low, ${ends.high}::float8 as high, count(*)::float8 as rows from ${from} ${begun}`);
}

/** Addresses with gaps have to be counted, so that no piece grows beyond its limit. */
async function reach(session: Session, from: Sql, order: Sql, after: number, limit: number): Promise<number> {
  const { last } = await session.one<{ last: number }>(sql`
    select max(${order})::float8 as last from (
      select ${order} from ${from} where ${order} > ${after}::bigint order by ${order} limit ${limit}) as q`);
  return last;
}

/** Makes the next piece while this one is on its way. */
export async function* ahead<Piece>(pieces: AsyncGenerator<Piece>): AsyncGenerator<Piece> {
  let coming = pieces.next();
  try {
    while (true) {
      const { done, value } = await coming;
      if (done) return;
      coming = pieces.next();
      coming.catch(() => {});
      yield value;
    }
  } finally {
    await coming.catch(() => {});
    await pieces.return(undefined);
  }
}
