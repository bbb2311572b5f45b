import { literals, type Sql, sql } from '../../../../shared/sql.ts';
import { copyHeaderBytes } from '../../database/copy-header.ts';
import type { Database } from '../../database/database.ts';

/** Documents with their vectors, one after the other. */
export interface NumberedVectors {
  readonly ids: readonly number[];
  readonly vectors: Float32Array;
}

/** Rows per turn of the database, so that others get theirs between. */
const pieceRows = 4096;

/**
 * The vectors that a query gives as (id, embedding), in the order of the ids; those without a direction are left out.
 * Formats: PostgreSQL documentation, "COPY", binary format; pgvector, src/vector.c, vector_send.
 */
export async function readVectors(
  database: Database,
  documents: Sql,
  dimensions: number,
  signal: AbortSignal,
): Promise<NumberedVectors> {
  const ids: number[] = [];
  const pieces: Float32Array[] = [];
  for (let last = 0; ; ) {
    const rows = sql`select id, embedding from ${documents} as document where id > ${last} order by id limit ${pieceRows}`;
    const turn = { title: 'Reading vectors', priority: 'background', signal, reads: true } as const;
    const bytes = await database.use(turn, (session) =>
      session.copyOut(literals(sql`copy (${rows}) to stdout (format binary)`)),
    );
    const piece = vectorsIn(bytes, dimensions);
    if (piece.seen === 0) break;
    last = piece.last;
    ids.push(...piece.ids);
    pieces.push(piece.vectors);
    if (piece.seen < pieceRows) break;
  }
  return { ids, vectors: joined(pieces) };
}

function vectorsIn(bytes: Uint8Array, dimensions: number) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tupleBytes = 2 + 4 + 8 + 4 + 4 + 4 * dimensions;
  const seen = Math.floor((view.byteLength - copyHeaderBytes) / tupleBytes);
  const vectors = new Float32Array(seen * dimensions);
  const ids: number[] = [];
  let last = 0;
  for (let row = 0; row < seen; row++) {
    const start = copyHeaderBytes + row * tupleBytes;
    last = Number(view.getBigInt64(start + 6));
    const from = ids.length * dimensions;
    let square = 0;
    for (let at = 0; at < dimensions; at++) {
      const value = view.getFloat32(start + 22 + 4 * at);
      vectors[from + at] = value;
      square += value * value;
    }
    if (square > 0) ids.push(last);
  }
  return { seen, last, ids, vectors: vectors.subarray(0, ids.length * dimensions) };
}

function joined(pieces: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
