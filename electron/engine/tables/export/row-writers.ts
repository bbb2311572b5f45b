import { type FileHandle, open, rm } from 'node:fs/promises';
import { RecordBatchFileWriter, tableFromIPC } from 'apache-arrow';
import { type Column, rowColumn } from '../../../../shared/column.ts';
import type { ExportFormat } from '../../../../shared/contract/tables.ts';
import { csvText } from '../../../../shared/csv-text.ts';
import { type DecodedPage, decodePage } from '../../../../shared/decode-page.ts';
import { jsonRows } from '../../../../shared/json-rows.ts';
import { jsonText } from '../../../../shared/json-text.ts';
import { parquetFromCsv } from '../../files/duck/parquet-file.ts';
import { saysInfinite, withoutInfinities } from './without-infinities.ts';
import { workbookWriter } from './write-workbook.ts';

/** Takes the pages of an export one after another; the file is whole after `end`, which says what it does not hold. */
export interface RowWriter {
  add(bytes: Uint8Array): Promise<void>;
  end(): Promise<readonly string[]>;
  /** Closes what is open after a failure. */
  drop(): Promise<void>;
}

type Opens = (file: string, columns: readonly Column[], signal: AbortSignal) => Promise<RowWriter>;

/** Rows written as text, page by page. */
const textWriter =
  (text: (page: DecodedPage, first: boolean) => string): Opens =>
  async (file) => {
    const handle = await open(file, 'w');
    let first = true;
    return {
      async add(bytes) {
        await handle.writeFile(text(decodePage(bytes), first));
        first = false;
      },
      async end() {
        await closed(handle);
        return [];
      },
      drop: () => handle.close(),
    };
  };

async function closed(handle: FileHandle): Promise<void> {
  await handle.sync();
  await handle.close();
}

const withoutHead = (csv: string, page: DecodedPage) => {
  const head = csvText({ ...page, rows: 0 });
  return csv.slice(head.length);
};

const jsonLines = textWriter((page) =>
  jsonRows(page)
    .map((row) => `${jsonText(row)}\n`)
    .join(''),
);

const parquet: Opens = async (file, columns, signal) => {
  const csv = `${file}.csv`;
  const handle = await open(csv, 'w');
  let first = true;
  const gone = () => rm(csv, { force: true });
  return {
    async add(bytes) {
      const page = decodePage(bytes);
      const text = csvText(page, true);
      await handle.writeFile(first ? text : text.slice(csvText({ ...page, rows: 0 }, true).length));
      first = false;
    },
    async end() {
      await handle.close();
      try {
        return saysInfinite(await parquetFromCsv(csv, file, columns, signal), 'Parquet');
      } finally {
        await gone();
      }
    },
    async drop() {
      await handle.close();
      await gone();
    },
  };
};

const arrow: Opens = async (file) => {
  const handle = await open(file, 'w');
  const writer = new RecordBatchFileWriter();
  const infinite = new Map<string, number>();
  const written = (async () => {
    for await (const piece of writer) await handle.writeFile(piece as Uint8Array);
  })();
  written.catch(() => {});
  return {
    async add(bytes) {
      const { table, infinite: here } = withoutInfinities(tableFromIPC(bytes));
      for (const [name, cells] of here) infinite.set(name, (infinite.get(name) ?? 0) + cells);
      const places = table.schema.fields.flatMap(({ name }, at) => (name === rowColumn ? [] : [at]));
      // A whole table would be taken for the last one.
      for (const batch of table.selectAt(places).batches) writer.write(batch);
    },
    async end() {
      writer.finish();
      await written;
      await closed(handle);
      return saysInfinite(infinite, 'Arrow');
    },
    async drop() {
      writer.abort();
      await handle.close();
    },
  };
};

/** How each format is written. */
export const rowWriters: Readonly<Record<ExportFormat, Opens>> = {
  csv: textWriter((page, first) => (first ? csvText(page) : withoutHead(csvText(page), page))),
  jsonl: jsonLines,
  parquet,
  arrow,
  xlsx: workbookWriter,
};
