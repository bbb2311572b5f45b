import type { ComparedColumn, TableComparison } from '../../../shared/contract/comparison.ts';
import type { RowChanges } from '../../../shared/contract/import.ts';
import type { ColumnProfile } from '../../../shared/contract/tables.ts';
import { count, figures } from '../../../shared/number-words.ts';
import { defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';
import { shownChanges, shownComparison } from '../shown-profile.ts';

const changes = { same: '', retyped: 'other type', added: 'new', removed: 'gone' } as const;

const both = (column: ComparedColumn, say: (profile: ColumnProfile) => string) => {
  const [before, now] = [column.before ? say(column.before) : '', column.now ? say(column.now) : ''];
  return before === now ? now : `${before || '–'} → ${now || '–'}`;
};

const number = (value: number | null) => (value === null ? '' : figures(value, 6));

const line = (column: ComparedColumn) => [
  column.name,
  both(column, ({ type }) => type),
  changes[column.change],
  column.distance === null ? '' : column.distance.toFixed(3),
  both(column, ({ nulls }) => count(nulls)),
  both(column, ({ distinct }) => count(distinct)),
  both(column, ({ mean }) => number(mean)),
];

const head = ['column', 'type', 'change', 'apart', 'nulls', 'distinct', 'mean'];

function textOf({ before, now, columns }: TableComparison, rows: RowChanges): string {
  const by = rows.by.length > 0 ? `told apart by ${rows.by.join(', ')}` : 'compared as a whole';
  return `${before.title}: ${count(before.rows)} rows → ${now.title}: ${count(now.rows)} rows
rows, ${by}: ${count(rows.new)} new, ${count(rows.changed)} changed, ${count(rows.removed)} gone, ${count(rows.unchanged)} the same
${textTable(head, columns.map(line))}`;
}

const differs = ({ columns }: TableComparison, rows: RowChanges) =>
  columns.some(({ change }) => change !== 'same') || rows.new + rows.changed + rows.removed > 0;

export default defineCommand<{ key?: string; strict?: boolean }>({
  usage: 'compare <table> [other]',
  summary:
    'compares two tables, or a table with what it was before its last import: columns, distributions, rows',
  json: `{ before: { title, rows }, now: { title, rows }, columns: [{ name, change: same|retyped|added|removed, distance, before, now,
    values }], keys, rows: { by, new, changed, removed, unchanged, columns, examples } }
  With one table, before is the version before its last import. before and now of a column are profiles as of assay profile,
  null where there is no such column; distance, 0 to 1, over all values and nulls: of numbers and times the largest difference
  between the shares of rows up to a value (Kolmogorov–Smirnov), of all else the share of the rows that would have to have another
  value (total variation); values: counts in equal steps, or of the most frequent values. Rows are told apart by --key, else by the first column that does it on both
  sides, else compared as a whole. Values of private columns are not told.`,
  order: 31,
  configure: (command) =>
    command
      .option('--key <columns>', 'columns that tell rows apart, with commas between')
      .option('--strict', 'ends with 1 where anything differs'),
  async run({ args: [table = '', other], options: { key, strict }, engine, long }) {
    const { tables, checks } = await engine();
    const sides =
      other === undefined
        ? { before: { table, version: 'before' as const }, now: { table } }
        : { before: { table }, now: { table: other } };
    const hidden = [
      ...(await checks.hidden({ table })),
      ...(other === undefined ? [] : await checks.hidden({ table: other })),
    ];
    const comparison = shownComparison(await tables.compare(sides, long), hidden);
    const chosen = key?.split(',').map((name) => name.trim()) ?? comparison.keys.slice(0, 1);
    const rows = shownChanges(await tables.compareRows({ ...sides, key: chosen }, long), hidden);
    return {
      json: { ...comparison, rows },
      text: textOf(comparison, rows),
      exit: strict && differs(comparison, rows) ? 1 : 0,
    };
  },
});
