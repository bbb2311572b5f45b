import { type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';

const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');

/**
 * Numbered vectors as a binary COPY of (bigint, vector). Sources: PostgreSQL documentation, COPY, "Binary Format";
 * pgvector, src/vector.c, vector_recv.
 */
export function vectorCopy(first: number, vectors: readonly Float32Array[]): Uint8Array {
  const dimensions = vectors[0]?.length ?? 0;
  const vectorBytes = 4 + 4 * dimensions;
  const tupleBytes = 2 + 4 + 8 + 4 + vectorBytes;
  const bytes = Buffer.alloc(signature.length + 8 + vectors.length * tupleBytes + 2);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let at = signature.copy(bytes) + 8;
  vectors.forEach((vector, row) => {
    at = bytes.writeInt16BE(2, at);
    at = bytes.writeInt32BE(8, at);
    at = bytes.writeBigInt64BE(BigInt(first + row), at);
    at = bytes.writeInt32BE(vectorBytes, at);
    at = bytes.writeInt16BE(dimensions, at) + 2;
    for (let place = 0; place < dimensions; place++, at += 4) view.setFloat32(at, vector[place] as number);
  });
  bytes.writeInt16BE(-1, at);
  return bytes;
}

/** Puts numbered vectors into a table of (ordinal, embedding). */
export const copyVectors = (
  session: Session,
  table: Sql,
  first: number,
  vectors: readonly Float32Array[],
): Promise<number> =>
  session.copyIn(
    sql`copy ${table} (ordinal, embedding) from '/dev/blob' (format binary)`,
    vectorCopy(first, vectors),
  );

/** A vector as pgvector reads it. */
export const vectorText = (vector: Float32Array): string => `[${vector.join(',')}]`;
