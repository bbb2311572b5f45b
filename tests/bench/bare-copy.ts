import { open } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import type { PGlite } from '@electric-sql/pglite';
import { orderColumns } from './order-file.ts';

const pieceBytes = 4 << 20;

/** COPY of a file in pieces of whole lines, each its own transaction, and nothing else; in milliseconds. */
export async function bareCopy(db: PGlite, path: string): Promise<number> {
  await db.exec(`drop table if exists bare; create table bare (${orderColumns}); checkpoint`);
  const file = await open(path);
  const began = performance.now();
  try {
    let rest = Buffer.alloc(0);
    for (let first = true; ; first = false) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes);
      if (bytesRead === 0) break;
      const read = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      const lines = read.subarray(first ? read.indexOf(10) + 1 : 0, read.lastIndexOf(10) + 1);
      rest = Buffer.from(read.subarray(read.lastIndexOf(10) + 1));
      await db.query("copy bare from '/dev/blob' (format csv)", [], { blob: new Blob([lines]) });
    }
    return performance.now() - began;
  } finally {
    await file.close();
  }
}
