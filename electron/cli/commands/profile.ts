import type { Relations } from '../../../shared/contract/relations.ts';
import type { ColumnProfile } from '../../../shared/contract/tables.ts';
import { count, figures } from '../../../shared/number-words.ts';
import { uncomparedWords } from '../../../shared/uncompared-words.ts';
import { defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';
import { profileHtml } from '../profile-html.ts';
import { shownColumns } from '../shown-profile.ts';
import { writeReport } from '../write-report.ts';

const number = (value: number | null) => (value === null ? '' : figures(value));
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

/** The closest of what columns have to do with one another, in lines of words. */
function between(relations: Relations): string {
  const { correlations, dependencies, missing } = relations;
  const close = correlations.filter(({ rank }) => Math.abs(rank ?? 0) >= 0.3).slice(0, 5);
  const lines = [
    ...close.map(({ a, b, rank }) => `${a} and ${b} go together: rank correlation ${rank?.toFixed(2)}`),
    ...dependencies
      .slice(0, 5)
      .map(
        (one) =>
          `${one.by} decides ${one.column}${one.breaking > 0 ? ` but for ${count(one.breaking)} rows` : ''}`,
      ),
    ...missing.together
      .slice(0, 5)
      .map(({ a, b, rows }) => `${a} and ${b} are null together in ${count(rows)} rows`),
    ...uncomparedWords(relations),
  ];
  return lines.length > 0 ? `\n${lines.join('\n')}\n` : '';
}

export default defineCommand<{ report?: string }>({
  usage: 'profile <table> [columns...]',
  summary: 'says what the columns of a table hold, each by itself and with one another',
  json: `{ table, rows, columns: [{ name, type, nulls, distinct, isKey, min, max, mean, median, sd, sum, quantiles, zeroes,
    negatives, empty, lengths: { min, max, mean }, patterns: { rows, top: [{ pattern, count }] },
    gaps: { missingDays, longest: { after, before, days } }, top: [{ value, count }], histogram, starts, end, low, high }],
    relations: { rows, sampled, compared, correlations: [{ a, b, rows, pearson, rank }], uncorrelated,
    dependencies: [{ by, column, rows, breaking }],
    missing: { patterns: [{ columns, rows }], otherRows, together: [{ a, b, rows, share }] }, leftOut } }
  min, max, sum, starts, end and top values are text as PostgreSQL writes them; what a type does not have is null. quantiles: at 5, 25, 50,
  75 and 95 %. histogram: counts between equal steps from low to high (numbers, or seconds since 1970), starts: the
  least value of each step, end: the greatest of the last. patterns: A for a
  capital, a for a letter, 9 for a figure, of so many rows picked evenly. gaps: days without a row. relations: correlation is of
  so many rows as sampled says, picked evenly, null for all; breaking: rows that differ from most with the same value of by;
  patterns: rows in which the same columns are null; uncorrelated, leftOut: how many columns of numbers and times, and of all,
  were not looked at because there are too many. All else is exact. Of a private column only counts are told.`,
  order: 30,
  configure: (command) =>
    command.option('--report <file>', 'writes a report too, as one HTML file that needs no network'),
  async run({ args: [table = '', ...columns], options: { report }, engine, long }) {
    const { tables, checks } = await engine();
    const scope = { table, ...(columns.length > 0 ? { columns } : {}) };
    const profile = await tables.profile(scope, long);
    const relations = await tables.relations(scope, long);
    const hidden = await checks.hidden({ table: profile.table });
    if (report !== undefined) {
      await writeReport(report, profileHtml(profile, relations, new Date(), hidden));
    }
    const shown = shownColumns(profile.columns, hidden);
    const head = ['column', 'type', 'nulls', 'distinct', 'min', 'max', 'mean', 'median', 'most frequent'];
    const text = `${profile.table}: ${count(profile.rows)} rows\n${textTable(head, shown.map(line))}${between(relations)}`;
    return { json: { ...profile, columns: shown, relations }, text };
  },
});
