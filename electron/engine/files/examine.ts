import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DialectOverride } from '../../../shared/contract/files.ts';
import { problem } from '../../../shared/problem.ts';
import type { Progress } from '../../../shared/wire.ts';
import { type Choices, type JudgedColumn, judgeColumns, refuseTooWide } from './columns.ts';
import type { Duck } from './duck.ts';
import { type Sniffed, sniffDialect } from './sniff.ts';
import { refuseChanged, type Source } from './source.ts';
import { splitRecord } from './split-record.ts';
import { type Layout, type Survey, surveyFile } from './survey.ts';
import { openText } from './text.ts';
import { type BadRecord, plainReading, type Reading, tidyFile } from './tidy.ts';
import { writingOf } from './writing.ts';

/** What is wanted of a file. */
export interface Request {
  readonly dialect?: DialectOverride | undefined;
  readonly choices: Choices;
  /** Only about so many bytes from the start. */
  readonly upTo?: number;
}

export interface Surroundings {
  readonly duck: Duck;
  /** A folder for copies, gone afterwards. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: (progress: Progress) => void;
  readonly onBad: (bad: readonly BadRecord[]) => Promise<void> | void;
}

/** Everything that can be known of a file before it is loaded. */
export interface Examination {
  readonly source: Source;
  readonly sniffed: Sniffed;
  readonly layout: Layout;
  readonly survey: Survey;
  readonly reading: Reading;
  readonly columns: readonly JudgedColumn[];
}

/** Gives `work` an empty folder under `parent` and removes it afterwards. */
export async function withScratch<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(parent, 'read-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Finds out dialect, sound records and types. Every record is looked at, and DuckDB must find as many rows as we do. */
export async function examine(source: Source, request: Request, around: Surroundings): Promise<Examination> {
  const { dialect = {}, choices, upTo } = request;
  const { duck, scratch, signal } = around;
  const copy = join(scratch, 'decoded.csv');
  const text = await openText(source, {
    encoding: dialect.encoding,
    copy,
    signal,
    ...(upTo ? { upTo } : {}),
  });
  const sniffed = await sniffDialect(text, dialect, signal);
  refuseTooWide(sniffed.width, source.name);
  const { header, skipLines } = sniffed.dialect;
  const writing = writingOf(sniffed.marks, sniffed.carriageReturn);
  const { path, mark } = text;
  const keepBlank = choices.allText;
  const layout = { path, mark, upTo: text.upTo, writing, skipLines, header, width: sniffed.width, keepBlank };
  const onBytes = (done: number) =>
    around.progress?.({
      title: `Reading ${source.name}`,
      done,
      total: Math.min(text.bytes, text.upTo),
      unit: 'bytes',
    });
  const survey = await surveyFile(layout, { signal, onBytes });
  const originals = headerNames(survey, sniffed);
  const tidied = () =>
    tidyFile(layout, sniffed.marks, survey, { to: join(scratch, 'sound.csv'), signal, onBad: around.onBad });
  const judge = (reading: Reading) => judgeColumns(duck, reading, originals, choices);
  const done = { source, sniffed, layout, survey };
  if (survey.plain) {
    const reading = plainReading(layout, sniffed.marks, survey);
    const judged = await judge(reading).catch(() => undefined);
    if (judged?.rows === survey.good) return { ...done, reading, columns: judged.columns };
  }
  const reading = await tidied();
  const { rows, columns } = await judge(reading);
  if (rows !== survey.good) await refuseUnbalanced(source, survey.good, rows);
  return { ...done, reading, columns };
}

async function refuseUnbalanced(source: Source, expected: number, found: number): Promise<never> {
  await refuseChanged(source);
  throw problem(
    'bug',
    `${source.name}: ${expected} sound records were counted, but ${found} rows were read.`,
    {
      hint: 'Nothing was imported, because rows would have been lost. Please report this with the file.',
      at: { file: source.path },
    },
  );
}

/** The names in the header, filled up to the width of the rows. */
function headerNames({ headerText, header }: Survey, { marks, width }: Sniffed): string[] {
  const names = header > 0 ? splitRecord(headerText, marks).map(({ text }) => text) : [];
  return Array.from({ length: width }, (_, at) => names[at] ?? '');
}
