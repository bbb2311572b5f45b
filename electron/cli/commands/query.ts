import { resolve } from 'node:path';
import type { StatementResult } from '../../../shared/contract/query.ts';
import { csvText } from '../../../shared/csv-text.ts';
import { decodePage } from '../../../shared/decode-page.ts';
import { jsonRows } from '../../../shared/json-rows.ts';
import { count } from '../../../shared/number-words.ts';
import { problem } from '../../../shared/problem.ts';
import { asksForRow } from '../asks-for-row.ts';
import { defineCommand } from '../define-command.ts';
import { arrowFile, arrowStream } from '../formats/arrow.ts';
import { parquetBytes } from '../formats/parquet.ts';
import { tableText } from '../formats/table.ts';
import type { Written } from '../formats/written.ts';
import { write as put, toJson } from '../output.ts';
import { writeReport } from '../write-report.ts';

type Writer = (bytes: Uint8Array, withRow: boolean) => Written | Promise<Written>;

const writers: Readonly<Record<string, Writer>> = {
  table: (bytes, withRow) => ({ content: tableText(decodePage(bytes, withRow)) }),
  csv: (bytes, withRow) => ({ content: csvText(decodePage(bytes, withRow)) }),
  json: (bytes, withRow) => ({ content: toJson(jsonRows(decodePage(bytes, withRow))) }),
  parquet: (bytes, withRow) => parquetBytes(decodePage(bytes, withRow)),
  arrow: arrowStream,
};

const mostRows = 1_000_000;
/** The result that a text of several statements is about: the last with rows. */
const mainResult = (results: readonly StatementResult[]) =>
  results.findLast(({ bytes }) => bytes !== undefined);

const words = ({ command, rows, bytes, more }: StatementResult) => {
  if (bytes) return `${more ? 'first ' : ''}${count(rows)} ${rows === 1 ? 'row' : 'rows'}`;
  return rows > 0 ? `${command} ${count(rows)}` : command;
};

function writerOf(format: string): Writer {
  const writer = Object.hasOwn(writers, format) ? writers[format] : undefined;
  if (writer) return writer;
  throw problem('bad_input', `There is no format "${format}".`, {
    hint: `Formats: ${Object.keys(writers).join(', ')}.`,
  });
}

/** How many rows are asked for; without a word all of them, up to what one result can hold. */
function limitOf(written: string | undefined): number {
  const limit = Number(written ?? mostRows);
  if (Number.isInteger(limit) && limit >= 1 && limit <= mostRows) return limit;
  throw problem('bad_input', `--limit is "${written}".`, {
    hint: `Give a whole number from 1 to ${count(mostRows)}.`,
  });
}

/** Nothing is cut silently: whoever wants the first rows only says so. */
function refuseCut({ more }: StatementResult, asked: string | undefined): void {
  if (!more || asked !== undefined) return;
  throw problem('bad_input', `The result has more than ${count(mostRows)} rows; nothing was written.`, {
    hint: 'Take the first with --limit, or make a table of them (create table … as …) and use assay export csv.',
  });
}

async function tell(remarks: readonly string[]): Promise<void> {
  for (const says of remarks) await put(process.stderr, `${says}\n`);
}

const gather = (words: string, before: string[]) => [...before, words];

/** `--param name=value` as it was repeated; an empty value is empty text. */
function valuesOf(written: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    written.map((words) => {
      const at = words.indexOf('=');
      if (at > 0) return [words.slice(0, at), words.slice(at + 1)];
      throw problem('bad_input', `--param is "${words}".`, { hint: 'Give it as --param name=value.' });
    }),
  );
}

export default defineCommand<{ format: string; out?: string; limit?: string; param: string[] }>({
  usage: 'query <sql>',
  summary: 'runs SQL, all of it or nothing; gives the rows of the last statement that returns some',
  json: `[{ column: value, … }]    integers beyond 2^53 and numerics as text; [] where no statement returns rows
  with --out: { file, format, rows, more }`,
  order: 40,
  configure: (command) =>
    command
      .option(
        '--format <format>',
        'table, csv, json, parquet or arrow (a stream; a file with --out)',
        'table',
      )
      .option('--out <file>', 'writes to a file, whole or not at all')
      .option('--param <name=value>', 'a value for :name in the query; may be repeated', gather, [])
      .option('--limit <rows>', 'the first rows only; without it a result of over a million is refused'),
  async run({ args: [text = ''], options: { format, out, limit, param }, engine, long }) {
    const write = writerOf(format);
    const most = limitOf(limit);
    const withRow = asksForRow(text);
    const { query } = await engine();
    const results = await query.run({ text, limit: most, values: valuesOf(param) }, long);
    const main = mainResult(results);
    if (!main?.bytes) {
      if (out) throw problem('bad_input', 'No statement returned rows; no file was written.');
      return { json: [], text: format === 'json' ? '[]\n' : `${results.map(words).join('\n')}\n` };
    }
    refuseCut(main, limit);
    const { bytes, remarks = [] } = main;
    await tell(remarks);
    const written = async () => {
      const { content, notes = [] } = await write(bytes, withRow);
      await tell(notes);
      return content;
    };
    if (!out) {
      return {
        json: () => jsonRows(decodePage(bytes, withRow)),
        text: async () => {
          const content = await written();
          return format === 'table' ? `${String(content)}${words(main)}\n` : content;
        },
      };
    }
    const file = resolve(out);
    const content = await written();
    await writeReport(file, format === 'arrow' ? arrowFile(content as Uint8Array) : content);
    return {
      json: { file, format, rows: main.rows, more: main.more },
      text: `Wrote ${words(main)} to ${file}.\n`,
    };
  },
});
