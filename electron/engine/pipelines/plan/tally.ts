import { refText } from '../../../../shared/pipeline-graph.ts';
import { ident, join, literals, type Sql, sql, toText } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import type { Countable } from './plan-tallies.ts';

/** Sequences that count rows as they flow through a statement, by the output they count. */
export type Tallies = ReadonlyMap<string, Tally>;

/** A sequence, and the step within whose SELECT it counts, if not as rows leave their own. */
export interface Tally {
  readonly name: string;
  readonly within?: string;
}

/** Where rows of a part may be read twice, or not all of them, counting them on their way would be wrong. */
const miscounting =
  /Nested Loop|Merge|SubPlan|InitPlan|Limit|Memoize|Recursive|Run Condition|Result\s+\(.*\n.*One-Time/;

/** Makes a sequence for each, in the memory of this connection. */
export async function beginTallies(
  session: Session,
  countable: readonly Countable[],
  prefix: string,
): Promise<Tallies> {
  const tallies = new Map(
    countable.map(({ ref, within }, at) => [
      refText(ref),
      { name: `${prefix}_tally_${at}`, ...(within === undefined ? {} : { within }) },
    ]),
  );
  for (const { name } of tallies.values()) {
    // Values are handed out from memory: a look at the sequence for each row would cost more than most steps.
    await session.run(sql`create temp sequence ${ident(name)} cache 1000`);
  }
  return tallies;
}

/** A select whose rows are counted as they leave it; OFFSET keeps conditions below and above from mixing with the count. */
export const tallied = (select: Sql, { name }: Tally): Sql => sql`select * from (
${select}
offset 0) as counted where nextval(${toText(ident('pg_temp', name))}) is not null offset 0`;

/** True, and adds as many rows to what a sequence has counted. */
export const adding =
  ({ name }: Tally) =>
  (rows: Sql): Sql => {
    const sequence = sql`${toText(ident('pg_temp', name))}`;
    if (toText(rows) === '1') return sql`(nextval(${sequence}) is not null)`;
    return sql`(setval(${sequence}, nextval(${sequence}) - 1 + ${rows}) is not null)`;
  };

/** True where PostgreSQL reads every part of the statement once, and all of it. */
export async function countsRight(session: Session, select: Sql): Promise<boolean> {
  const lines = await session.query<Record<'QUERY PLAN', string>>(literals(sql`explain ${select}`));
  return !miscounting.test(lines.map((line) => line['QUERY PLAN']).join('\n'));
}

/** What the sequences counted; they are gone afterwards. */
export async function endTallies(session: Session, tallies: Tallies): Promise<ReadonlyMap<string, number>> {
  const all = [...tallies];
  const cells = all.map(([, { name }], at) => {
    const counted = sql`select case when is_called then last_value else 0 end from ${ident(name)}`;
    return sql`(${counted}) as ${ident(String(at))}`;
  });
  const values = all.map(
    ([, { name }], at) =>
      sql`case when ${ident(String(at))} > 0 then currval(${toText(ident('pg_temp', name))}) else 0 end as ${ident(String(at))}`,
  );
  const counts = await session.one<Record<string, number>>(
    sql`select ${join(values)} from (select ${join(cells)} offset 0) as called`,
  );
  await session.run(sql`drop sequence ${join(all.map(([, { name }]) => ident('pg_temp', name)))}`);
  return new Map(all.map(([ref], at) => [ref, Number(counts[at])]));
}
