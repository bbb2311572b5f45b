import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DialectOverride } from '../../../shared/contract/files.ts';
import type { FormatChoice } from '../../../shared/contract/formats.ts';
import { problem } from '../../../shared/problem.ts';
import { toText } from '../../../shared/sql.ts';
import { type Choices, type JudgedColumn, judgeColumns, refuseTooWide } from './columns.ts';
import type { GuessedTable, Surroundings } from './define-format.ts';
import type { Duck } from './duck.ts';
import type { FileTable } from './file-table.ts';
import { readFile } from './read-file.ts';
import { refuseChanged, type Source } from './source.ts';

/** What is wanted of a file. */
export interface Request {
  readonly dialect?: DialectOverride | undefined;
  readonly format?: FormatChoice | undefined;
  readonly choices: Choices;
  /** Only about so many bytes from the start. */
  readonly upTo?: number;
}

/** Everything that can be known of a file before it is loaded. */
export interface Examination {
  readonly source: Source;
  readonly table: FileTable;
  readonly columns: readonly JudgedColumn[];
}

/** Gives `work` an empty folder under `parent` and removes it afterwards. */
export async function withScratch<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'read-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Finds out format, sound records and types. Every record is looked at, and DuckDB must find as many rows as we do. */
export async function examine(source: Source, request: Request, around: Surroundings): Promise<Examination> {
  const { dialect, format, upTo } = request;
  const choices = { ...request.choices, decimal: dialect?.decimal };
  const { kind, settings } = format ?? {};
  const wanted = { dialect, settings, upTo, format: kind, allText: choices.allText };
  const early = new EarlyJudgement(around.duck, choices);
  const onGuess = (guess: GuessedTable) => early.start(guess);
  const table = await readFile(source, wanted, { ...around, onGuess }).finally(() => early.ended());
  const counted = around.passenger?.counted();
  const sure = counted?.rows === table.counts.good ? counted : undefined;
  refuseTooWide(table.relation.width, source.name);
  if (table.slowly) {
    const judged =
      (await early.of(table)) ??
      (await judgeColumns(around.duck, table, choices, sure).catch(() => undefined));
    if (judged?.rows === table.counts.good) return { source, table, columns: judged.columns };
  }
  const slow = (await table.slowly?.()) ?? table;
  const { rows, columns } = await judgeColumns(around.duck, slow, choices, sure);
  if (rows !== slow.counts.good) await refuseUnbalanced(source, slow.counts.good, rows);
  return { source, table: slow, columns };
}

/** Types judged while the records are still counted, on what the beginning of the file promises. */
class EarlyJudgement {
  readonly #duck: Duck;
  readonly #choices: Choices;
  #relation = '';
  #judged: Promise<Awaited<ReturnType<typeof judgeColumns>> | undefined> | undefined;

  constructor(duck: Duck, choices: Choices) {
    this.#duck = duck;
    this.#choices = choices;
  }

  start(guess: GuessedTable): void {
    this.#relation = toText(guess.relation.rows);
    this.#judged = judgeColumns(this.#duck, guess, this.#choices).catch(() => undefined);
  }

  /** What came of it, if the file kept the promise. */
  async of(table: FileTable) {
    return toText(table.relation.rows) === this.#relation ? this.#judged : undefined;
  }

  /** Nothing of it runs any more. */
  async ended(): Promise<void> {
    await this.#judged;
  }
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
