import { ident, join, type Sql, sql } from '../../../shared/sql.ts';
import type { Database } from '../database/database.ts';
import type { TableShape } from './target-session.ts';

/** What is sent at once: large enough to be quick, small enough that memory stays flat. */
const pieceBytes = 8 * 1024 * 1024;
const firstRows = 2_000;

/** A table here, read in the order of the column that numbers its rows. */
export interface SourceTable extends TableShape {
  /** `_row` of a table, `id` of a collection. */
  readonly key: string;
}

/** Some rows as a complete binary COPY. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** The key of its last row, after which the next begins. */
  readonly last: string;
}

/**
 * A table's rows as complete binary COPYs of a few megabytes each, every one a turn of its own, so that others get
 * the database in between. It begins after the row whose key is `start`, and leaves
 * out rows for which `only` does not hold.
 */
export async function* piecesOf(
  database: Database,
  { schema, name, columns, key }: SourceTable,
  signal: AbortSignal,
  start: string | null,
  only: Sql = sql`true`,
): AsyncGenerator<Piece> {
  const from = ident(schema, name);
  const order = ident(key);
  const list = join(columns.map((column) => ident(column.name)));
  const turn = { title: `Promoting ${name}`, priority: 'background' as const, signal };
  let after = start;
  let limit = firstRows;
  while (true) {
    const beyond: Sql = after === null ? sql`` : sql`and ${order} > ${after}::bigint`;
    const range: Sql = sql`select ${order} from ${from} where ${only} ${beyond} order by ${order} limit ${limit}`;
    const piece = await database.use(turn, async (session) => {
      const { last, rows } = await session.one<{ last: string | null; rows: number }>(
        sql`select max(${order})::text as last, count(*)::int as rows from (${range}) as q`,
      );
      if (last === null) return undefined;
      const low = after === null ? sql`` : sql`${order} > ${after}::bigint and`;
      const rowsOf = sql`select ${list} from ${from} where ${only} and ${low} ${order} <= ${last}::bigint order by ${order}`;
      return {
        last,
        rows,
        bytes: await session.copyOut(sql`copy (${rowsOf}) to stdout (format binary)`),
      };
    });
    if (!piece) return;
    yield piece;
    after = piece.last;
    limit = Math.max(1, Math.min(100_000, Math.floor((piece.rows * pieceBytes) / piece.bytes.length)));
  }
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
