import type { ColumnProfile } from '../../../shared/contract/tables.ts';
import { defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';

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

export default defineCommand({
  usage: 'profile <table> [columns...]',
  summary: 'says what the columns of a table hold: nulls, distinct values, range, mean, most frequent values',
  json: `{ table, rows, columns: [{ name, type, nulls, distinct, min, max, mean, median, top: [{ value, count }], histogram }] }
  min, max and top values are text as PostgreSQL writes them. histogram: counts between equal steps from min to max.`,
  order: 30,
  async run({ args: [table = '', ...columns], engine, long }) {
    const { tables } = await engine();
    const profile = await tables.profile({ table, ...(columns.length > 0 ? { columns } : {}) }, long);
    const head = ['column', 'type', 'nulls', 'distinct', 'min', 'max', 'mean', 'median', 'most frequent'];
    const text = `${profile.table}: ${count(profile.rows)} rows\n${textTable(head, profile.columns.map(line))}`;
    return { json: profile, text };
  },
});
