import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Reject, Retried, retriedRow } from '../../../shared/contract/import.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { problem } from '../../../shared/problem.ts';
import { describe } from '../../../shared/wire.ts';
import { defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';

const atOnce = 10_000;
export default defineCommand<{ readonly retry?: string }>({
  usage: 'rejects <table>',
  summary: 'lists the rows of a table’s files that could not be loaded, or loads them as corrected',
  json: `{ table, total, rejects: [{ id, source, file, line, offset, unpacked, column, cause, raw, corrected }] }
  file: of several files that are one table. offset: in bytes; of what was unpacked from the file where unpacked is true.
  With --retry: { table, tried, loaded, rejects, accounts: [{ source, account }] }, rejects being those that still do not fit.
  The file of --retry is what --json printed, with "corrected" filled in; rejects without it are left alone. Exit code 1
  where some still do not fit.`,
  order: 15,
  configure: (command) =>
    command.option('--retry <file>', 'load the rejects that a file gives as corrected, and only those'),
  async run({ args: [table = ''], options: { retry }, engine, long }) {
    const { import: room } = await engine();
    if (retry === undefined) {
      const rejects: Reject[] = [];
      for (let total = 1; rejects.length < total; ) {
        const page = await room.rejects({ table, offset: rejects.length, limit: atOnce });
        if (page.rejects.length === 0) break;
        rejects.push(...page.rejects);
        total = page.total;
      }
      return { json: { table, total: rejects.length, rejects }, text: listWords(rejects) };
    }
    const rows = await correctedRows(resolve(retry));
    const retried = await room.retry({ table, rows }, long);
    return { json: retried, text: retryWords(retried), exit: retried.rejects.length > 0 ? 1 : 0 };
  },
});

const corrected = z.object({
  rejects: z.array(z.looseObject({ id: z.string(), corrected: z.string().nullable().optional() })),
});

async function correctedRows(path: string): Promise<z.infer<typeof retriedRow>[]> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw problem('not_found', `There is no file ${path}.`, { at: { file: path } });
  });
  const parsed = corrected.safeParse(plain(text, path));
  if (!parsed.success) throw notCorrected(path, describe(parsed.error));
  const rows = parsed.data.rejects.flatMap(({ id, corrected: words }) =>
    typeof words === 'string' ? [{ id, text: words }] : [],
  );
  if (rows.length === 0) throw notCorrected(path, 'no reject in it has "corrected"');
  return rows;
}

function plain(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw notCorrected(path, (thrown as Error).message);
  }
}

const notCorrected = (file: string, why: string) =>
  problem('bad_input', `${file} holds no corrected rejects: ${why}.`, {
    hint: 'Write the list with `assay rejects TABLE --json`, and fill in "corrected" with each row’s text as it should be.',
    at: { file },
  });

function listWords(rejects: readonly Reject[]): string {
  if (rejects.length === 0) return 'Every row was loaded.\n';
  const lines = rejects.map(({ source, file, line, offset, unpacked, column, cause, raw }) => [
    file ?? source,
    count(line),
    offset === null ? '' : `${count(offset)}${unpacked ? ' unpacked' : ''}`,
    column ?? '',
    cause,
    raw.slice(0, 80),
  ]);
  return textTable(['file', 'line', 'byte', 'column', 'cause', 'text'], lines);
}

function retryWords({ table, tried, loaded, rejects, accounts }: Retried): string {
  const still = rejects.length > 0 ? `${count(rejects.length)} still do not fit:\n${listWords(rejects)}` : '';
  const sums = accounts.map(
    ({ source, account: { physical, loaded: rows, rejected, skipped } }) =>
      `${source}: ${count(physical)} records = ${count(rows)} rows + ${count(rejected)} rejected + ${count(skipped)} skipped\n`,
  );
  const were = loaded === 1 || tried === 1 ? 'was' : 'were';
  return `${count(loaded)} of ${counted(tried, 'corrected reject')} ${were} loaded into ${table}.\n${sums.join('')}${still}`;
}
