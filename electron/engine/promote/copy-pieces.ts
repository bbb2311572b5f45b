import { problem } from '../../../shared/problem.ts';
import { ident, join, type Sql, sql } from '../../../shared/sql.ts';
import type { Database } from '../database/database.ts';
import type { TableShape } from './target-session.ts';

/** What is sent at once: large enough to be quick, small enough that memory stays flat. */
const pieceBytes = 8 * 1024 * 1024;
const firstRows = 2_000;

/** A signature of 11 bytes and two 32-bit words start a binary COPY, a 16-bit -1 ends it. */
const headerBytes = 19;
const trailer = new Uint8Array([0xff, 0xff]);

/** A table here, read in the order of the column that numbers its rows. */
export interface SourceTable extends TableShape {
  /** `_row` of a table, `id` of a collection. */
  readonly key: string;
}

/**
 * A table's rows as complete binary COPYs of a few megabytes each, every one a turn of its own, so that others get
 * the database in between. `sent` is told how many rows are out.
 */
export async function* piecesOf(
  database: Database,
  { schema, name, columns, key }: SourceTable,
  signal: AbortSignal,
  sent: (rows: number) => void,
): AsyncGenerator<Uint8Array> {
  const from = ident(schema, name);
  const order = ident(key);
  const list = join(columns.map((column) => ident(column.name)));
  const turn = { title: `Promoting ${name}`, priority: 'background' as const, signal };
  let after: string | null = null;
  let limit = firstRows;
  let done = 0;
  while (true) {
    const beyond: Sql = after === null ? sql`` : sql`where ${order} > ${after}::bigint`;
    const range: Sql = sql`select ${order} from ${from} ${beyond} order by ${order} limit ${limit}`;
    const piece = await database.use(turn, async (session) => {
      const { last, rows } = await session.one<{ last: string | null; rows: number }>(
        sql`select max(${order})::text as last, count(*)::int as rows from (${range}) as q`,
      );
      if (last === null) return undefined;
      const low = after === null ? sql`` : sql`${order} > ${after}::bigint and`;
      const rowsOf = sql`select ${list} from ${from} where ${low} ${order} <= ${last}::bigint order by ${order}`;
      return {
        last,
        rows,
        bytes: await session.copyOut(sql`copy (${rowsOf}) to stdout (format binary)`),
      };
    });
    if (!piece) return;
    yield piece.bytes;
    done += piece.rows;
    sent(done);
    after = piece.last;
    limit = Math.max(1, Math.min(100_000, Math.floor((piece.rows * pieceBytes) / piece.bytes.length)));
  }
}

/** Complete binary COPYs as one: a server's COPY takes one header, then rows, then one trailer. */
export async function* oneStream(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let started = false;
  for await (const piece of pieces) {
    if (piece.length < headerBytes + trailer.length)
      throw problem('bug', 'A binary COPY is shorter than its header.');
    yield piece.subarray(started ? headerBytes : 0, piece.length - trailer.length);
    started = true;
  }
  if (started) yield trailer;
  else yield emptyCopy();
}

function emptyCopy(): Uint8Array {
  const bytes = new Uint8Array(headerBytes + trailer.length);
  bytes.set([0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00]);
  bytes.set(trailer, headerBytes);
  return bytes;
}
