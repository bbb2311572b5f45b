import type { MissingTogether, Relations } from '../../../../shared/contract/relations.ts';
import { join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Asked } from '../profile/profile-column.ts';

const shownPatterns = 24;
/** Columns null in the same rows are told from at most so many patterns. */
const readPatterns = 4000;
const mostTogether = 60;
const leastShare = 0.3;

interface Pattern {
  /** Places of the columns that are null, rising. */
  readonly nulls: readonly number[];
  readonly rows: number;
}

/** In which rows the same columns are null, over all rows. */
export async function missingOf(
  asked: Asked,
  columns: readonly { readonly name: string; readonly isNull: Sql }[],
): Promise<Relations['missing']> {
  const marks = columns.map(({ isNull }) => sql`case when ${isNull} then '1' else '0' end`);
  const pattern = marks.length > 0 ? join(marks, sql` || `) : sql`''`;
  const found = await asked.rows(sql`
    select pattern, cast(n as varchar), cast(sum(n) over () as varchar) from (
      select ${pattern} as pattern, count(*) as n from ${asked.from}${asked.where} group by 1) as p
    order by p.n desc, p.pattern limit ${readPatterns}`);
  const patterns = found.map(([marked = '', n]) => ({
    nulls: columns.flatMap((_, at) => (marked?.[at] === '1' ? [at] : [])),
    rows: Number(n),
  }));
  const names = columns.map(({ name }) => name);
  const shown = patterns.slice(0, shownPatterns);
  const rows = Number(found[0]?.[2] ?? 0);
  return {
    patterns: shown.map(({ nulls, rows: n }) => ({ columns: nulls.map((at) => names[at] ?? ''), rows: n })),
    otherRows: rows - shown.reduce((sum, one) => sum + one.rows, 0),
    together: togetherIn(patterns, names, rows),
  };
}

function togetherIn(
  patterns: readonly Pattern[],
  names: readonly string[],
  rows: number,
): readonly MissingTogether[] {
  const width = names.length;
  /** Rows in which both are null; on the diagonal those in which one is. */
  const both = new Float64Array(width * width);
  const at = (a: number, b: number) => both[a * width + b] ?? 0;
  for (const { nulls, rows: n } of patterns) {
    for (const a of nulls) for (const b of nulls) both[a * width + b] = at(a, b) + n;
  }
  return names
    .flatMap((a, first) =>
      names.slice(first + 1).map((b, after) => {
        const second = first + 1 + after;
        const share = phi(at(first, second), at(first, first), at(second, second), rows);
        return { a, b, rows: at(first, second), share };
      }),
    )
    .filter(({ share }) => share >= leastShare)
    .sort((one, other) => other.share - one.share || other.rows - one.rows)
    .slice(0, mostTogether);
}

/** The correlation of two yes-or-no columns; 0 where one of them does not vary. */
function phi(both: number, a: number, b: number, rows: number): number {
  const spread = Math.sqrt(a * (rows - a)) * Math.sqrt(b * (rows - b));
  return spread > 0 ? (rows * both - a * b) / spread : 0;
}
