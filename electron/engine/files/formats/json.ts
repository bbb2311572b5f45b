import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { problem } from '../../../../shared/problem.ts';
import { inFile } from '../encoding/decoded-places.ts';
import { openText, type Text } from '../encoding/text.ts';
import type { Located } from '../records/locate.ts';
import type { BadRecord } from '../records/tidy.ts';
import { readHead } from '../source/read-head.ts';
import type { Source } from '../source/source.ts';
import { defineFormat, type ReadRequest, type ReadTable, type Surroundings } from '../table/define-format.ts';
import { noneSkipped } from '../table/file-table.ts';
import { ScratchTable } from '../table/scratch-table.ts';
import { JsonColumns } from './json/columns.ts';
import { leavesOf } from './json/flatten.ts';
import { findList, listsIn } from './json/lists.ts';
import { readJsonRecord } from './json/read-record.ts';
import { type ReadValue, readValues } from './json/read-values.ts';
import { beginsAsJson, isOneObject, sequenceOf } from './json/sequence.ts';
import { type JsonReading, jsonFormat } from './json/tell-format.ts';

const headBytes = 64 << 10;

export default defineFormat({
  title: 'JSON',
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

interface Reading extends JsonReading {
  readonly text: Text;
  readonly name: string;
  readonly around: Surroundings;
}

async function readJson(source: Source, request: ReadRequest, around: Surroundings): Promise<ReadTable> {
  const { upTo, dialect, settings } = request;
  const { encoding: asked } = settings ?? {};
  const copy = join(around.scratch, 'decoded.json');
  const text = await openText(source, {
    encoding: dialect?.encoding ?? (typeof asked === 'string' && asked !== '' ? asked : undefined),
    copy,
    signal: around.signal,
    ...(upTo ? { upTo } : {}),
  });
  const reading = await readingOf(text, source, request, around);
  const columns = new JsonColumns(source.name);
  const first = await fill(reading, columns, 'values.csv', around.onBad);
  const mixed = columns.mixed();
  if (mixed.size === 0) return tableOf(reading, first, columns);
  // Text among lists and objects is JSON as well: those columns are written anew.
  const again = new JsonColumns(source.name, mixed);
  return tableOf(reading, await fill(reading, again, 'mixed.csv', () => undefined), again);
}

async function readingOf(
  text: Text,
  source: Source,
  { settings }: ReadRequest,
  around: Surroundings,
): Promise<Reading> {
  const head = (await readHead(text.path, headBytes)).subarray(text.mark);
  const written = head.toString('utf8');
  const sequence = sequenceOf(written, head.length < text.bytes);
  const lists = isOneObject(written, sequence) ? listsIn(head) : [];
  const reading = { text, name: source.name, sequence, lists, flat: settings?.['nested'] !== 'keep', around };
  const rows = settings?.['rows'];
  if (typeof rows !== 'string' || rows === '') return reading;
  const within = await findList(text.path, text.mark, rows);
  if (!within) throw noList(rows, source, lists);
  return { ...reading, sequence: 'array', within };
}

const noList = (rows: string, { name, path }: Source, lists: readonly string[]) =>
  problem('not_found', `${name} has no list “${rows}”.`, {
    hint:
      lists.length > 0
        ? `It has: ${lists.join(', ')}.`
        : 'Write the names on the way to it, with points between.',
    at: { file: path },
  });

interface Filled {
  readonly rows: ScratchTable;
  readonly bad: number;
  readonly blank: number;
  readonly end: number;
}

async function fill(
  { text, name, sequence, within, flat, around }: Reading,
  columns: JsonColumns,
  scratch: string,
  onBad: Surroundings['onBad'],
): Promise<Filled> {
  const rows = await ScratchTable.create(join(around.scratch, scratch));
  let [bad, blank] = [0, 0];
  let waiting: ReadValue[] = [];
  const take = (found: ReadValue) => {
    if (found.blank) blank++;
    else if (found.cause === undefined)
      rows.add(found, columns.cells(leavesOf(found.value, flat), found.odd));
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
      { path, name, sequence, within, from: within?.offset ?? mark, upTo, signal: around.signal, onPiece },
      take,
    );
    return { rows, bad, blank, end };
  } finally {
    await rows.close();
  }
}

function tableOf(reading: Reading, { rows, bad, blank, end }: Filled, columns: JsonColumns): ReadTable {
  const { text, sequence, around } = reading;
  const { names, known } = columns.described();
  const width = Math.max(1, names.length);
  return {
    format: jsonFormat(reading, columns),
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
