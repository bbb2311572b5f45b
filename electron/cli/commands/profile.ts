import type { ColumnProfile } from '../../../shared/contract/tables.ts';
import { defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';
import { profileHtml } from '../profile-html.ts';
import { writeReport } from '../write-report.ts';

const count = (value: number) => value.toLocaleString('en-US');
const number = (value: number | null) => (value === null ? '' : String(Number(value.toPrecision(8))));
const short = (text: string | null) => (text && text.length > 28 ? `${text.slice(0, 27)}…` : (text ?? ''));

const line = ({ name, type, nulls, distinct, min, max, mean, median, top }: ColumnProfile) => [
  name,
  type,
  count(nulls),
  count(distinct),
  short(min),
  short(max),
  number(mean),
  number(median),
  top[0] && top[0].count > 1 ? `${short(top[0].value)} (${count(top[0].count)})` : '',
];

export default defineCommand<{ report?: string }>({
  usage: 'profile <table> [columns...]',
  summary: 'says what the columns of a table hold: nulls, distinct values, range, mean, most frequent values',
  json: `{ table, rows, columns: [{ name, type, nulls, distinct, isKey, min, max, mean, median, sd, sum, quantiles, zeroes,
    negatives, empty, lengths: { min, max, mean }, patterns: { rows, top: [{ pattern, count }] },
    gaps: { missingDays, longest: { after, before, days } }, top: [{ value, count }], histogram, low, high }] }
  min, max, sum and top values are text as PostgreSQL writes them; what a type does not have is null. quantiles: at 5, 25, 50,
  75 and 95 %. histogram: counts between equal steps from low to high (numbers, or seconds since 1970). patterns: A for a
  capital, a for a letter, 9 for a figure, of so many rows picked evenly. gaps: days without a row. All else is exact.`,
  order: 30,
  configure: (command) =>
    command.option('--report <file>', 'writes a report too, as one HTML file that needs no network'),
  async run({ args: [table = '', ...columns], options: { report }, engine, long }) {
    const { tables } = await engine();
    const profile = await tables.profile({ table, ...(columns.length > 0 ? { columns } : {}) }, long);
    if (report !== undefined) await writeReport(report, profileHtml(profile, new Date()));
    const head = ['column', 'type', 'nulls', 'distinct', 'min', 'max', 'mean', 'median', 'most frequent'];
    const text = `${profile.table}: ${count(profile.rows)} rows\n${textTable(head, profile.columns.map(line))}`;
    return { json: profile, text };
  },
});
