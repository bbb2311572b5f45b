import type { ImportPlan } from '../../shared/contract/import.ts';
import { count } from '../../shared/number-words.ts';
import { textTable } from './output.ts';

const cells = (row: readonly (string | null)[]) => row.map((cell) => cell ?? 'null');

/** What an import would change, in words. */
export function planWords(plan: ImportPlan): string {
  const { table, source, changes, exists, account } = plan;
  if (!exists)
    return `${table} is not there yet: ${count(account.loaded)} rows of ${source} would make it.\n`;
  if (changes === 0 && !plan.keyRefused) return `${table}: 0 changes from ${source}.\n`;
  return [
    `${table}: ${count(changes)} changes from ${source}.\n`,
    columnWords(plan),
    rowWords(plan),
    exampleWords(plan),
  ].join('');
}

function columnWords({ columns }: ImportPlan): string {
  const { added, removed, retyped } = columns;
  return [
    added.length > 0 ? `  new columns: ${added.join(', ')}\n` : '',
    removed.length > 0 ? `  columns that are gone: ${removed.join(', ')}\n` : '',
    ...retyped.map(({ name, from, to }) => `  ${name}: ${from} becomes ${to}\n`),
  ].join('');
}

function rowWords({ rows, account, keyRefused }: ImportPlan): string {
  if (!rows) return keyRefused ? `  rows were not compared: ${keyRefused}\n` : '';
  const by = rows.by.length > 0 ? `by ${rows.by.join(', ')}` : 'by whole rows';
  const { new: fresh, changed, removed, unchanged } = rows;
  const { rejected } = account;
  const staying = removed > 0 ? '  rows are removed only where the table’s rows are replaced\n' : '';
  const lacking =
    removed > 0 && rejected > 0
      ? `  ${count(rejected)} rejected of the file: what the table holds of them is counted as removed\n`
      : '';
  return `  ${by}: ${count(fresh)} new, ${count(changed)} changed, ${count(removed)} removed, ${count(unchanged)} unchanged\n${staying}${lacking}`;
}

function exampleWords({ rows }: ImportPlan): string {
  if (!rows) return '';
  const { examples } = rows;
  const lines = [
    ...examples.new.map((row) => ['+', ...cells(row)]),
    ...examples.removed.map((row) => ['-', ...cells(row)]),
    ...examples.changed.flatMap(({ before, after }) => [
      ['<', ...cells(before)],
      ['>', ...cells(after)],
    ]),
  ];
  return lines.length > 0 ? textTable(['', ...rows.columns], lines) : '';
}
