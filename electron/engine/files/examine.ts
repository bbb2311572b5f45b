import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DialectOverride } from '../../../shared/contract/files.ts';
import type { FormatChoice } from '../../../shared/contract/formats.ts';
import { problem } from '../../../shared/problem.ts';
import { readFile } from './read-file.ts';
import { refuseChanged, type Source } from './source/source.ts';
import type { Surroundings } from './table/define-format.ts';
import type { FileTable } from './table/file-table.ts';
import { type Choices, type JudgedColumn, judgeColumns, refuseTooWide } from './types/columns.ts';
import { withNulls } from './types/null-markers.ts';

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
  const table = withNulls(await readFile(source, wanted, around), choices);
  refuseTooWide(table.relation.width, source.name);
  if (table.slowly) {
    const judged = await judgeColumns(around.duck, table, choices).catch(() => undefined);
    if (judged?.rows === table.counts.good) return { source, table, columns: judged.columns };
  }
  const slow = (await table.slowly?.()) ?? table;
  const { rows, columns } = await judgeColumns(around.duck, slow, choices);
  if (rows !== slow.counts.good) await refuseUnbalanced(source, slow.counts.good, rows);
  return { source, table: slow, columns };
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
