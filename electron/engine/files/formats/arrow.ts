import { createReadStream, type ReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordBatchReader, Vector } from 'apache-arrow';
import { ProblemError, problem, stopIfCancelled } from '../../../../shared/problem.ts';
import type { Source } from '../source/source.ts';
import { defineFormat, type ReadRequest, type ReadTable, type Surroundings } from '../table/define-format.ts';
import { noneSkipped } from '../table/file-table.ts';
import { locateRows } from '../table/locate-rows.ts';
import { ScratchTable } from '../table/scratch-table.ts';
import { unpackLz4 } from './columnar/lz4.ts';

const fileMark = 'ARROW1';
/** What a quick look reads. */
const quickRows = 5000;

export default defineFormat({
  title: 'Arrow',
  recognises: (head) => {
    const start = head.toString('latin1', 0, 6);
    if (start === fileMark || start.startsWith('FEA1')) return 1;
    // A stream begins with a mark and the length of its schema.
    const length = head.length >= 8 && head.readUInt32LE(0) === 0xffffffff ? head.readInt32LE(4) : 0;
    return length > 0 && length < 16 << 20 ? 0.9 : 0;
  },
  read: readArrow,
});

async function readArrow(source: Source, request: ReadRequest, around: Surroundings): Promise<ReadTable> {
  const isFile = await checkEnds(source);
  // A file is read from its end, batch by batch; a stream as it comes.
  const input = isFile ? await open(source.path) : createReadStream(source.path, { highWaterMark: 1 << 20 });
  const { columns, rows, ended } = await fill(source, input, request, around);
  const relation = rows.relation(Math.max(1, columns.length));
  return {
    format: {
      confidence: 1,
      evidence: `An Arrow ${isFile ? 'file (Feather 2)' : 'stream'}; it says the types of its columns itself`,
      settings: [],
      open: columns.flatMap(({ notes }) => notes()),
    },
    dialect: null,
    names: columns.map(({ name }) => name),
    known: columns.map(({ type, reason }) => ({ type, reason })),
    relation,
    counts: { physical: rows.rows, good: rows.rows, bad: 0, skippedBy: noneSkipped },
    complete: ended,
    locate: (ordinals) => locateRows(around.duck, relation, ordinals, (ordinal) => ordinal + 1),
  };
}

/** True for a file, false for a stream; a file of the first Feather, or one without its end, is refused. */
async function checkEnds({ path, name, bytes }: Source): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const read = async (at: number) =>
      (await file.read(Buffer.alloc(6), 0, 6, Math.max(0, at))).buffer.toString('latin1');
    const start = await read(0);
    if (start.startsWith('FEA1')) {
      throw problem('bad_input', `${name} is a Feather file of the first version.`, {
        hint: 'Write it again as Feather 2, or as Parquet.',
        at: { file: path },
      });
    }
    if (start === fileMark && (await read(bytes - 6)) !== fileMark) throw cutOff(name, path);
    return start === fileMark;
  } finally {
    await file.close();
  }
}

const cutOff = (name: string, path: string, cause?: unknown) =>
  problem('bad_input', `${name} is cut off or damaged: its Arrow data cannot be read to the end.`, {
    hint: 'Nothing was imported. Copy or download the file again.',
    at: { file: path },
    cause,
  });

/** A file may be whole and have columns of a kind that cannot be read here. */
function unknownKind({ name, path }: Source, thrown: unknown) {
  const kind = /^Unrecognized type: "(\w+)"/.exec((thrown as Error).message ?? '')?.[1];
  if (!kind) return undefined;
  return problem('bad_input', `${name} has a column of Arrow’s kind ${kind}, which cannot be read here.`, {
    hint: kinds.get(kind) ?? 'Write the column as another kind, or the table as Parquet.',
    at: { file: path },
    cause: thrown,
  });
}

const listHint =
  'Write it as a list: in pyarrow, table.set_column(i, name, column.cast(pa.list_(…))). Nothing was imported.';
const kinds = new Map([
  ['ListView', listHint],
  ['LargeListView', listHint],
  [
    'RunEndEncoded',
    'Write its values one by one: in pyarrow, pc.run_end_decode(column), or write the table as CSV. Nothing was imported.',
  ],
]);

/** Opens a file or a stream, to be read batch by batch, whichever way its columns are compressed. */
async function openReader(input: ReadStream | FileHandle): Promise<RecordBatchReader> {
  const { RecordBatchReader: Reader, compressionRegistry, CompressionType } = await import('apache-arrow');
  const { decompress } = await import('fzstd');
  // A copy begins where numbers of eight bytes may.
  compressionRegistry.set(CompressionType.ZSTD, { decode: (packed) => decompress(packed).slice() });
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: unpackLz4 });
  const reader = await Reader.from(input as ReadStream);
  return reader.open();
}

async function fill(
  source: Source,
  input: ReadStream | FileHandle,
  request: ReadRequest,
  around: Surroundings,
) {
  const { arrowColumn } = await import('./columnar/arrow-types.ts');
  const rows = await ScratchTable.create(join(around.scratch, 'arrow.csv'));
  let ended = true;
  try {
    const reader = await openReader(input);
    const columns = reader.schema.fields.map(arrowColumn);
    for await (const batch of reader) {
      stopIfCancelled(around.signal);
      const cells = columns.map(({ open: opened }, at) => opened(batch.getChildAt(at) as Vector));
      for (let row = 0; row < batch.numRows; row++) {
        rows.add(
          { line: rows.rows + 1, start: 0, length: 0 },
          cells.map((read) => read(row)),
        );
        if (row % 1000 === 999) await rows.flush();
      }
      around.progress?.({ title: `Reading ${source.name}`, done: rows.rows, unit: 'rows' });
      if (request.upTo !== undefined && rows.rows >= quickRows) {
        ended = false;
        break;
      }
    }
    return { columns, rows, ended };
  } catch (thrown) {
    if (thrown instanceof ProblemError) throw thrown;
    throw unknownKind(source, thrown) ?? cutOff(source.name, source.path, thrown);
  } finally {
    await rows.close();
    if ('destroy' in input) input.destroy();
    else await input.close().catch(() => {});
  }
}
