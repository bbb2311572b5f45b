import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { inFile } from '../decoded-places.ts';
import { defineFormat, type ReadRequest, type Surroundings } from '../define-format.ts';
import { readHead } from '../encoding.ts';
import { type FileTable, type Located, noneSkipped } from '../file-table.ts';
import { JsonColumns } from '../json/columns.ts';
import { leavesOf } from '../json/flatten.ts';
import { readJsonRecord } from '../json/read-record.ts';
import { type ReadValue, readValues } from '../json/read-values.ts';
import { beginsAsJson, sequenceOf } from '../json/sequence.ts';
import type { Sequence } from '../json/split-values.ts';
import { ScratchTable } from '../scratch-table.ts';
import type { Source } from '../source.ts';
import { openText, type Text } from '../text.ts';
import type { BadRecord } from '../tidy.ts';

const headBytes = 64 << 10;

export default defineFormat({
  title: 'JSON',
  extensions: ['json', 'jsonl', 'ndjson', 'geojson'],
  recognises: (head) => (beginsAsJson(textOf(head)) ? 0.5 : 0),
  read: readJson,
  readRecord: readJsonRecord,
});

/** The head as text, whatever its byte order mark says. */
function textOf(head: Buffer): string {
  const encoding =
    head[0] === 0xff && head[1] === 0xfe
      ? 'utf-16le'
      : head[0] === 0xfe && head[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(encoding).decode(head);
}

interface Reading {
  readonly text: Text;
  readonly name: string;
  readonly sequence: Sequence;
  readonly flat: boolean;
  readonly around: Surroundings;
}

async function readJson(source: Source, request: ReadRequest, around: Surroundings): Promise<FileTable> {
  const { upTo, dialect, settings } = request;
  const copy = join(around.scratch, 'decoded.json');
  const text = await openText(source, {
    encoding: dialect?.encoding,
    copy,
    signal: around.signal,
    ...(upTo ? { upTo } : {}),
  });
  const head = await readHead(text.path, headBytes);
  const sequence = sequenceOf(head.subarray(text.mark).toString('utf8'), head.length < text.bytes);
  const flat = settings?.['nested'] !== 'keep';
  const reading = { text, name: source.name, sequence, flat, around };
  const columns = new JsonColumns(source.name);
  const first = await fill(reading, columns, 'values.csv', around.onBad);
  const mixed = columns.mixed();
  if (mixed.size === 0) return tableOf(reading, first, columns);
  // Text among lists and objects is JSON as well: those columns are written anew.
  const again = new JsonColumns(source.name, mixed);
  return tableOf(reading, await fill(reading, again, 'mixed.csv', () => undefined), again);
}

interface Filled {
  readonly rows: ScratchTable;
  readonly bad: number;
  readonly blank: number;
  readonly end: number;
}

async function fill(
  { text, name, sequence, flat, around }: Reading,
  columns: JsonColumns,
  scratch: string,
  onBad: Surroundings['onBad'],
): Promise<Filled> {
  const rows = await ScratchTable.create(join(around.scratch, scratch));
  let [bad, blank] = [0, 0];
  let waiting: ReadValue[] = [];
  const take = (found: ReadValue) => {
    if (found.blank) blank++;
    else if (found.cause === undefined) rows.add(found, columns.cells(leavesOf(found.value, flat)));
    else waiting.push(found);
  };
  const onPiece = async (offset: number) => {
    await rows.flush();
    around.progress?.({ title: `Reading ${name}`, done: offset, total: text.bytes, unit: 'bytes' });
    bad += waiting.length;
    if (waiting.length > 0) await onBad(await withRaw(text, waiting));
    waiting = [];
  };
  try {
    const { path, mark, upTo } = text;
    const end = await readValues(
      { path, name, sequence, from: mark, upTo, signal: around.signal, onPiece },
      take,
    );
    return { rows, bad, blank, end };
  } finally {
    await rows.close();
  }
}

function tableOf(reading: Reading, { rows, bad, blank, end }: Filled, columns: JsonColumns): FileTable {
  const { text, sequence, around } = reading;
  const { names, known } = columns.described();
  const width = Math.max(1, names.length);
  return {
    format: sniffed(reading),
    dialect: null,
    names: names.length > 0 ? names : ['value'],
    known,
    relation: rows.relation(width),
    counts: { physical: rows.rows + bad + blank, good: rows.rows, bad, skippedBy: { ...noneSkipped, blank } },
    complete: end >= text.bytes || (sequence === 'array' && text.upTo === Number.POSITIVE_INFINITY),
    async locate(ordinals) {
      const places = await rows.places(around.duck, ordinals);
      const raws = await withRaw(text, places);
      return raws.map(
        ({ line, offset, raw }, at): Located => ({
          ordinal: ordinals[at] as number,
          line,
          raw,
          ...(offset === null ? {} : { offset }),
        }),
      );
    },
  };
}

const written: Readonly<Record<Sequence, string>> = {
  lines: 'JSON lines: an object on every line',
  values: 'JSON objects one after another',
  array: 'One JSON list; its elements are the rows',
};

function sniffed({ sequence, flat }: Reading): FileTable['format'] {
  const nested = flat ? 'nested objects become a column for each member' : 'nested objects are kept as JSON';
  return {
    kind: 'json',
    title: 'JSON',
    confidence: 1,
    evidence: `${written[sequence]}; ${nested}`,
    settings: [
      {
        key: 'nested',
        label: 'Nested objects',
        help: 'Objects inside objects become columns such as address.city, or stay one column of JSON. Lists always stay JSON.',
        value: flat ? 'flatten' : 'keep',
        options: [
          { value: 'flatten', label: 'a column each' },
          { value: 'keep', label: 'keep as JSON' },
        ],
      },
    ],
  };
}

const longestRaw = 100_000;

/** The text of records as it stands in the file. */
async function withRaw(
  { path, places: origins }: Text,
  places: readonly {
    readonly line: number;
    readonly start: number;
    readonly length: number;
    readonly cause?: string;
  }[],
): Promise<BadRecord[]> {
  const file = await open(path, 'r');
  try {
    const found: BadRecord[] = [];
    for (const { line, start, length, cause = '' } of places) {
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(Math.min(length, longestRaw)),
        0,
        Math.min(length, longestRaw),
        start,
      );
      const raw = buffer.subarray(0, bytesRead).toString('utf8').trimEnd().replaceAll('\0', '\ufffd');
      found.push({
        line,
        offset: start,
        cause,
        raw: length > longestRaw ? `${raw}…` : raw,
      });
    }
    return [...(await inFile(found, origins))];
  } finally {
    await file.close();
  }
}
