import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckedRows } from '../../../shared/contract/checked-rows.ts';
import type { CheckRule, TableChecks } from '../../../shared/contract/checks.ts';
import { problem } from '../../../shared/problem.ts';
import { contractFiles, writeContract } from '../workspace/contract-files.ts';
import { fileName } from '../workspace/file-name.ts';
import { changeRules, isPlain, newContract } from './change-contract.ts';
import { readContract, readContractDocument } from './read-contract.ts';

/** The rules of every table that has some, by table. A table that two files name has the rules of the first only. */
export async function listRules(dir: string): Promise<TableChecks[]> {
  const read = await Promise.all((await contractFiles(dir)).map(readContract));
  const tables: TableChecks[] = [];
  for (const found of read.flat()) {
    const first = tables.find(({ table }) => table === found.table);
    tables.push(first ? second(found, first) : found);
  }
  return tables.sort((a, b) => (a.table < b.table ? -1 : a.table > b.table ? 1 : 0));
}

function second(found: TableChecks, first: TableChecks): TableChecks {
  const failed = problem(
    'bad_input',
    `The table "${found.table}" has its rules in ${first.file}; those in ${found.file} are not run.`,
    { hint: 'Move them into one file.', at: { file: found.file, table: found.table } },
  ).problem;
  return { ...found, rules: [], problems: [failed, ...found.problems], problem: failed };
}

/** Writes the rules of one table, or of other rows, into its file, and gives them as they now stand there. */
export async function saveRules(
  dir: string,
  { table, of }: Pick<TableChecks, 'table'> & { readonly of?: CheckedRows | undefined },
  rules: readonly CheckRule[],
): Promise<TableChecks> {
  refuseDuplicates(rules);
  const all = await listRules(dir);
  const present = all.find((one) => one.table === table);
  const file = present?.file ?? newFile(dir, table);
  const document = present ? await readContractDocument(file) : newContract(table, of);
  changeRules(document, table, present?.rules.map(({ id }) => id) ?? [], rules);
  if (rules.length === 0 && isPlain(document, table)) await rm(file, { force: true });
  else await writeContract(file, document, present ? await readFile(file, 'utf8') : '');
  const now = (await listRules(dir)).find((one) => one.table === table);
  return now ?? { table, file, columns: [], rules: [], others: 0, problems: [] };
}

function refuseDuplicates(rules: readonly CheckRule[]): void {
  const ids = rules.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice === undefined) return;
  throw problem('bad_input', `Two rules have the id "${twice}".`, {
    hint: 'Give each rule of a table an id of its own.',
  });
}

/** A file that is not there yet, named as the table. */
function newFile(dir: string, table: string): string {
  const free = (n: number): string => {
    const file = join(dir, `${fileName(table)}${n > 1 ? `-${n}` : ''}.yaml`);
    return existsSync(file) ? free(n + 1) : file;
  };
  return free(1);
}
