import type { Column } from '../../../../shared/column.ts';
import type { StepRef } from '../../../../shared/pipeline-graph.ts';
import { ident, join, literals, names, type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { compile } from '../plan/compile.ts';
import type { Plan } from '../plan/plan.ts';

/** Rows that some are chosen of. */
export interface Origin {
  /** What the plan reads them as: a view of this name stands for them. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** Where all of them stand, with `_row`. */
  readonly from: Sql;
}

/** How rows are chosen. */
export interface Choosing {
  readonly origins: readonly Origin[];
  /** The outputs that an origin's rows can reach. */
  readonly reached: (origin: Origin) => readonly StepRef[];
  readonly limit: number;
  /** Reads the views of the origins, which stand by then. */
  readonly plan: () => Promise<Plan>;
}

const longestSearchMs = 5000;

/**
 * A few rows of each origin that belong together: of the first, rows that change what comes out; of every other those
 * that do where only the chosen ones of the origins before it are there. The first rows fill up what is left.
 * Within a transaction that is taken back: views hide the tables.
 */
export async function tellingRows(
  session: Session,
  { origins, reached, limit, plan }: Choosing,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, readonly number[]>();
  for (const origin of origins) await session.run(viewOf(origin, sql`true`));
  const planned = await plan();
  for (const [at, origin] of origins.entries()) {
    const outputs = reached(origin);
    const share = Math.max(1, Math.ceil((limit * 3) / 4 / Math.max(1, outputs.length)));
    const chosen = new Set<number>();
    for (const ref of outputs) {
      const search = { session, plan: planned, origin, ref };
      // Of the first origin any few neighbours do where one of them tells; of the others each has to.
      for (const row of await searchRows(search, share, at === 0 ? share : 1)) chosen.add(row);
    }
    const rows = await filledUp(session, origin, [...chosen].slice(0, limit), limit);
    found.set(origin.name, rows);
    await session.run(viewOf(origin, among(rows)));
  }
  return found;
}

/** The condition of being one of these rows. */
export const among = (rows: readonly number[]): Sql =>
  rows.length > 0 ? sql`_row in (${join(rows)})` : sql`false`;

const between = (low: number, high: number): Sql => sql`_row between ${low} and ${high}`;

const viewOf = ({ name, columns, from }: Origin, shown: Sql): Sql =>
  literals(sql`create or replace temp view ${ident(name)} as
    select ${names(columns.map((column) => column.name))} from ${from} as origin where ${shown}`);

interface Search {
  readonly session: Session;
  readonly plan: Plan;
  readonly origin: Origin;
  readonly ref: StepRef;
}

/** Rows of an origin that an output tells of, at most so many, found in ever longer stretches. */
async function searchRows(search: Search, most: number, grain: number): Promise<readonly number[]> {
  const { session, origin } = search;
  const { last } = await session.one<{ last: number | null }>(
    sql`select max(_row)::float8 as last from ${origin.from} as origin`,
  );
  const none = await outcome(search, sql`false`);
  const end = performance.now() + longestSearchMs;
  const tells = async (low: number, high: number) => {
    const some = performance.now() < end ? await outcome(search, between(low, high)) : undefined;
    return some !== undefined && some !== none;
  };
  const rows: number[] = [];
  for (let low = 1; rows.length < most && none !== undefined; ) {
    const stretch = await nextStretch(tells, { low, last: last ?? 0, most, grain });
    if (!stretch) break;
    rows.push(...(await rowsIn(search, stretch, most - rows.length)));
    low = stretch.high + 1;
  }
  return rows;
}

interface Stretch {
  readonly low: number;
  readonly high: number;
}

/** The next rows that tell, as few as the grain. */
async function nextStretch(
  tells: (low: number, high: number) => Promise<boolean>,
  from: { readonly low: number; readonly last: number; readonly most: number; readonly grain: number },
): Promise<Stretch | undefined> {
  for (let { low, most: size } = from; low <= from.last; low += size, size *= 4) {
    let high = Math.min(from.last, low + size - 1);
    if (!(await tells(low, high))) continue;
    while (high - low + 1 > from.grain) {
      const middle = Math.floor((low + high) / 2);
      if (await tells(low, middle)) high = middle;
      else low = middle + 1;
    }
    return { low, high };
  }
  return undefined;
}

async function rowsIn({ session, origin }: Search, { low, high }: Stretch, most: number): Promise<number[]> {
  const rows = await session.query<{ row: number }>(
    sql`select _row::float8 as row from ${origin.from} as origin where ${between(low, high)} order by _row limit ${most}`,
  );
  return rows.map(({ row }) => row);
}

/** What comes out where an origin has only these rows, as a mark; nothing where that cannot be computed. */
async function outcome({ session, plan, origin, ref }: Search, shown: Sql): Promise<string | undefined> {
  await session.run(sql`savepoint looked`);
  try {
    await session.run(viewOf(origin, shown));
    const { mark } = await session.one<{ mark: string }>(
      literals(sql`select concat(count(*), ' ', sum(hashtextextended((result.*)::text, 0))) as mark from (
${compile(plan, ref)}
) as result`),
    );
    return mark;
  } catch {
    return undefined;
  } finally {
    await session.run(sql`rollback to savepoint looked`);
  }
}

async function filledUp(
  session: Session,
  { from }: Origin,
  chosen: readonly number[],
  limit: number,
): Promise<readonly number[]> {
  const rows = await session.query<{ row: number }>(
    literals(sql`
    select _row::float8 as row from ${from} as origin where not (${among(chosen)}) order by _row limit ${limit - chosen.length}`),
  );
  return [...chosen, ...rows.map(({ row }) => row)].sort((a, b) => a - b);
}
