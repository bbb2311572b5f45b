import { refText, type StepRef } from '../../../shared/pipeline-graph.ts';
import { ident, literals, type Sql, sql, toText } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { deduceCounts } from './count-rules.ts';
import type { Plan, PlannedStep } from './plan.ts';

/** Sequences that count rows as they flow through a statement, by the output they count. */
export type Tallies = ReadonlyMap<string, string>;

/** The outputs among these steps whose number of rows has to be counted, for all of theirs to follow. */
export function uncounted(
  plan: Plan,
  flowing: readonly PlannedStep[],
  counts: ReadonlyMap<string, number>,
): StepRef[] {
  const known = new Map(counts);
  return flowing.flatMap(({ step, definition }) => {
    deduceCounts(plan, flowing, known);
    if (known.has(step.id) || definition?.reads) return [];
    known.set(step.id, 0);
    return [{ step: step.id, output: 'rows' }];
  });
}

/** Where rows of a part may be read twice, or not all of them, counting them on their way would be wrong. */
const miscounting =
  /Nested Loop|Merge|SubPlan|InitPlan|Limit|Memoize|Recursive|Run Condition|Result\s+\(.*\n.*One-Time/;

/** Makes a sequence for each, in the memory of this connection. */
export async function beginTallies(
  session: Session,
  refs: readonly StepRef[],
  prefix: string,
): Promise<Tallies> {
  const tallies = new Map(refs.map((ref, at) => [refText(ref), `${prefix}_tally_${at}`]));
  for (const name of tallies.values()) {
    // Values are handed out from memory: a look at the sequence for each row would cost more than most steps.
    await session.run(sql`create temp sequence ${ident(name)} cache 1000`);
  }
  return tallies;
}

/** A select whose rows are counted as they leave it; OFFSET keeps conditions below and above from mixing with the count. */
export const tallied = (select: Sql, name: string): Sql => sql`select * from (
${select}
offset 0) as counted where nextval(${toText(ident('pg_temp', name))}) is not null offset 0`;

/** True where PostgreSQL reads every part of the statement once, and all of it. */
export async function countsRight(session: Session, select: Sql): Promise<boolean> {
  const lines = await session.query<Record<'QUERY PLAN', string>>(literals(sql`explain ${select}`));
  return !miscounting.test(lines.map((line) => line['QUERY PLAN']).join('\n'));
}

/**
 * What the sequences counted; they are gone afterwards. Nothing where one counted no row: PostgreSQL need not read one
 * side of a join where the other is empty.
 */
export async function endTallies(
  session: Session,
  tallies: Tallies,
): Promise<ReadonlyMap<string, number> | undefined> {
  const counts = new Map<string, number>();
  for (const [ref, name] of tallies) {
    const sequence = ident('pg_temp', name);
    const { called } = await session.one<{ called: boolean }>(
      sql`select is_called as called from ${sequence}`,
    );
    const { rows } = called
      ? await session.one<{ rows: number }>(sql`select currval(${toText(sequence)}) as rows`)
      : { rows: 0 };
    counts.set(ref, Number(rows));
    await session.run(sql`drop sequence ${sequence}`);
  }
  return [...counts.values()].includes(0) ? undefined : counts;
}
