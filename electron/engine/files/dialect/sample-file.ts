import { open } from 'node:fs/promises';
import { CR, LF } from '../encoding/line-breaks.ts';
import type { Text } from '../encoding/text.ts';
import { longestRecord } from '../records/hopeless.ts';

/** Pieces of a file to try ways of reading on: its head, and a few more from all over it. */
export interface Sample {
  readonly head: Buffer;
  /** Each starts on a line; the last one ends where the file does. */
  readonly pieces: readonly Buffer[];
  /** False where the head is not all of the file. */
  readonly whole: boolean;
}

const headBytes = 256 << 10;
const pieceBytes = 96 << 10;
const places = [0.2, 0.4, 0.6, 0.8];

/** Reads a file's head, at least one whole line of it, and pieces from further on. */
export async function sampleFile({ path, mark, bytes: end }: Text): Promise<Sample> {
  const file = await open(path, 'r');
  const read = async (from: number, length: number) => {
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, end - from)));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
    return buffer.subarray(0, bytesRead);
  };
  try {
    let head = await read(mark, headBytes);
    while (head.length + mark < end && lineBreak(head) < 0 && head.length < longestRecord) {
      head = await read(mark, head.length * 4);
    }
    const pieces: Buffer[] = [];
    if (end - head.length > pieceBytes * 8) {
      const starts = [...places.map((share) => Math.floor(end * share)), end - pieceBytes];
      for (const start of starts) pieces.push(fromLine(await read(start, pieceBytes)));
    }
    return { head, pieces: pieces.filter(({ length }) => length > 0), whole: head.length + mark >= end };
  } finally {
    await file.close();
  }
}

function lineBreak(bytes: Buffer): number {
  const found = bytes.findIndex((byte) => byte === LF || byte === CR);
  return found;
}

function fromLine(piece: Buffer): Buffer {
  const found = lineBreak(piece);
  if (found < 0) return Buffer.alloc(0);
  return piece.subarray(found + (piece[found] === CR && piece[found + 1] === LF ? 2 : 1));
}
