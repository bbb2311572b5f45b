import { isNumeric, rowColumn, typeFamily } from '../../../shared/column.ts';
import type { RowChanges } from '../../../shared/contract/import.ts';
import { ident, join, type Sql, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';

/** Two tables side by side: what is there, and what would take its place. */
export interface Comparison {
  readonly table: Sql;
  readonly stage: Sql;
  /** Columns that both have. */
  readonly columns: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  readonly key: readonly string[];
}

const shownExamples = 5;
const longestCell = 200;

/** Counts new, changed, removed and unchanged rows, with examples of each; by key, or else by whole rows. */
export const compareRows = (session: Session, comparison: Comparison): Promise<RowChanges> =>
  comparison.key.length > 0 ? compareByKey(session, comparison) : compareWhole(session, comparison);

const t = sql`t`;
const s = sql`s`;
const row = ident(rowColumn);

type Compared = Comparison['columns'][number];

/** Columns of one type are compared as PostgreSQL compares them, others by their text. */
function comparable(column: Compared, side: Sql): Sql {
  const { name, from, to } = column;
  const family = typeFamily(to);
  if (from === to && family !== 'json' && family !== 'other') return sql`${side}.${ident(name)}`;
  return inWords(column, side);
}

/** The text of a cell; equal numbers have one, however many zeroes they are kept with. */
function inWords({ name, from, to }: Compared, side: Sql): Sql {
  const cell = sql`${side}.${ident(name)}`;
  const family = typeFamily(side === s ? to : from);
  if (!isNumeric(from) || !isNumeric(to) || family === 'integer') return sql`${cell}::text`;
  return family === 'float' ? sql`(${cell} + 0::real)::text` : sql`trim_scale(${cell})::text`;
}

const all = (columns: Comparison['columns'], side: Sql) =>
  join(columns.map((column) => comparable(column, side)));

const shown = (columns: Comparison['columns'], side: Sql) =>
  sql`array[${join(columns.map(({ name }) => sql`left(${side}.${ident(name)}::text, ${longestCell})`))}]::text[]`;

/** Orders examples by place, in a way that no index serves: walking one, to stop at the limit, would join rows one by one. */
const byPlace = (side: Sql) => sql`${side}.${row} + 0`;

interface Counts {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
}

async function compareByKey(
  session: Session,
  { table, stage, columns, key }: Comparison,
): Promise<RowChanges> {
  const keys = columns.filter(({ name }) => key.includes(name));
  const others = columns.filter(({ name }) => !key.includes(name));
  const same = join(
    keys.map((column) => sql`${comparable(column, s)} = ${comparable(column, t)}`),
    sql` and `,
  );
  const differs =
    others.length > 0 ? sql`row(${all(others, s)}) is distinct from row(${all(others, t)})` : sql`false`;
  const { added, ...counts } = await session.one<Counts>(
    sql`select count(*) filter (where t.${row} is null) as added, count(*) filter (where s.${row} is null) as removed,
        count(*) filter (where s.${row} is not null and t.${row} is not null and ${differs}) as changed,
        count(*) filter (where s.${row} is not null and t.${row} is not null and not (${differs})) as unchanged
      from ${stage} as s full join ${table} as t on ${same}`,
  );
  const lonely = (from: Sql, side: Sql, other: Sql, otherSide: Sql) =>
    rowsOf(
      session,
      sql`select ${shown(columns, side)} as cells from ${from} as ${side} left join ${other} as ${otherSide} on ${same}
        where ${otherSide}.${row} is null order by ${byPlace(side)} limit ${shownExamples}`,
    );
  const changed = await session.query<{ before: (string | null)[]; after: (string | null)[] }>(
    sql`select ${shown(columns, t)} as before, ${shown(columns, s)} as after from ${stage} as s join ${table} as t on ${same}
      where ${differs} order by ${byPlace(t)} limit ${shownExamples}`,
  );
  return {
    ...counts,
    new: added,
    by: key,
    columns: columns.map(({ name }) => name),
    examples: {
      new: await lonely(stage, s, table, t),
      removed: await lonely(table, t, stage, s),
      changed,
    },
  };
}

/** Rows without a key are new or removed, never changed; of equal rows as many stay as both have. */
async function compareWhole(session: Session, { table, stage, columns }: Comparison): Promise<RowChanges> {
  const hash = (side: Sql) => sql`md5(row(${join(columns.map((column) => inWords(column, side)))})::text)`;
  const sides = sql`select 0 as side, ${hash(t)} as h from ${table} as t union all select 1, ${hash(s)} from ${stage} as s`;
  const grouped = sql`select h, count(*) filter (where side = 0) as old, count(*) filter (where side = 1) as fresh
    from (${sides}) as sides group by h`;
  const counts = await session.one<Omit<Counts, 'changed'>>(
    sql`select coalesce(sum(greatest(fresh - old, 0)), 0)::bigint as added,
        coalesce(sum(greatest(old - fresh, 0)), 0)::bigint as removed,
        coalesce(sum(least(old, fresh)), 0)::bigint as unchanged from (${grouped}) as grouped`,
  );
  const examples = (from: Sql, side: Sql, more: Sql) =>
    rowsOf(
      session,
      sql`with odd as (select h from (${grouped}) as grouped where ${more} limit ${shownExamples})
        select cells from (select distinct on (odd.h) ${shown(columns, side)} as cells, ${side}.${row} as place
          from ${from} as ${side} join odd on odd.h = ${hash(side)} order by odd.h, ${side}.${row}) as found order by place`,
    );
  return {
    new: counts.added,
    changed: 0,
    removed: counts.removed,
    unchanged: counts.unchanged,
    by: [],
    columns: columns.map(({ name }) => name),
    examples: {
      new: counts.added > 0 ? await examples(stage, s, sql`fresh > old`) : [],
      removed: counts.removed > 0 ? await examples(table, t, sql`old > fresh`) : [],
      changed: [],
    },
  };
}

async function rowsOf(session: Session, statement: Sql): Promise<readonly (readonly (string | null)[])[]> {
  const rows = await session.query<{ cells: (string | null)[] }>(statement);
  return rows.map(({ cells }) => cells);
}
