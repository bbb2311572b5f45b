import { type FileHandle, open, rm } from 'node:fs/promises';
import { RecordBatchFileWriter, tableFromIPC } from 'apache-arrow';
import { type Column, rowColumn } from '../../../../shared/column.ts';
import type { ExportFormat } from '../../../../shared/contract/tables.ts';
import { csvText } from '../../../../shared/csv-text.ts';
import { type DecodedPage, decodePage } from '../../../../shared/decode-page.ts';
import { jsonRows } from '../../../../shared/json-rows.ts';
import { parquetFromCsv } from '../../files/duck/parquet-file.ts';
import { workbookWriter } from './write-workbook.ts';

/** Takes the pages of an export one after another; the file is whole after `end`. */
export interface RowWriter {
  add(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
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
      end: () => closed(handle),
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
    .map((row) => `${JSON.stringify(row)}\n`)
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
        await parquetFromCsv(csv, file, columns, signal);
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
  const written = (async () => {
    for await (const piece of writer) await handle.writeFile(piece as Uint8Array);
  })();
  written.catch(() => {});
  return {
    async add(bytes) {
      const table = tableFromIPC(bytes);
      const names = table.schema.fields.map(({ name }) => name).filter((name) => name !== rowColumn);
      writer.write(table.select(names));
    },
    async end() {
      writer.finish();
      await written;
      await closed(handle);
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
