import { type Problem, problem, toProblem } from '../../../shared/problem.ts';
import { join, type Sql, sql } from '../../../shared/sql.ts';
import type { Database } from '../database/database.ts';
import { type CheckedTable, pieces, wholeTable } from './checked-table.ts';

/** How many rows break a rule, or why it cannot be told. */
export type Count = { readonly bad: number } | { readonly problem: Problem };

/** What the counting of one table needs besides its rules. */
export interface Counting {
  readonly database: Database;
  readonly table: CheckedTable;
  readonly signal: AbortSignal;
}

/** Blocks that one turn reads with one rule: some tenths of a second of work. */
const blocksInTurn = 16_384;
const fewestBlocks = 256;

/**
 * Counts the rows that break each condition in one pass over the table, piece by piece so that others get in between.
 * A condition that fails is taken out and the others go on. `step` is told the share that each piece is of the whole.
 */
export async function countTogether(
  counting: Counting,
  conditions: readonly Sql[],
  step: (share: number) => void,
): Promise<{ readonly rows: number; readonly counts: readonly Count[] }> {
  const blocks = Math.max(fewestBlocks, Math.floor(blocksInTurn / (1 + conditions.length / 4)));
  const parts = pieces(counting.table, blocks);
  const counts: Count[] = conditions.map(() => ({ bad: 0 }));
  let rows = 0;
  for (const from of parts) {
    rows += await addPiece(counting, from, conditions, counts);
    step(1 / parts.length);
  }
  return { rows, counts };
}

async function addPiece(
  counting: Counting,
  from: Sql,
  conditions: readonly Sql[],
  counts: Count[],
): Promise<number> {
  let rows: number | undefined;
  const add = async (some: readonly number[]): Promise<void> => {
    try {
      const [all = 0, ...bad] = await countPiece(
        counting,
        from,
        some.map((at) => conditions[at] ?? sql`false`),
      );
      rows = all;
      some.forEach((at, place) => {
        const before = counts[at];
        if (before && 'bad' in before) counts[at] = { bad: before.bad + (bad[place] ?? 0) };
      });
    } catch (thrown) {
      const [only, ...more] = some;
      if (only === undefined) throw thrown;
      if (more.length === 0) counts[only] = { problem: failure(thrown, counting.signal) };
      else await halves(some, add, thrown, counting.signal);
    }
  };
  await add(counts.flatMap((count, at) => ('bad' in count ? [at] : [])));
  if (rows === undefined) await add([]);
  return rows ?? 0;
}

/** Finds what fails by halving: the rest is counted in few statements. */
async function halves(
  some: readonly number[],
  add: (some: readonly number[]) => Promise<void>,
  thrown: unknown,
  signal: AbortSignal,
): Promise<void> {
  failure(thrown, signal);
  const middle = Math.ceil(some.length / 2);
  await add(some.slice(0, middle));
  await add(some.slice(middle));
}

async function countPiece({ database, table, signal }: Counting, from: Sql, conditions: readonly Sql[]) {
  const counts = conditions.map((condition) => sql`count(*) filter (where ${condition})`);
  const statement = sql`select array[${join([sql`count(*)`, ...counts])}]::float8[] as counts from ${from}`;
  const { counts: found } = await database.use(turn(table, signal), (session) =>
    session.one<{ counts: number[] }>(statement),
  );
  return found;
}

/** Counts what one SELECT of bad rows yields. */
export async function countAlone({ database, table, signal }: Counting, badRows: Sql): Promise<Count> {
  try {
    return await database.use(turn(table, signal), (session) =>
      session.one<{ bad: number }>(sql`select count(*)::float8 as bad from (${badRows}) as bad_rows`),
    );
  } catch (thrown) {
    return { problem: failure(thrown, signal) };
  }
}

/** Counts all rows. */
export async function countRows({ database, table, signal }: Counting): Promise<number> {
  const { rows } = await database.use(turn(table, signal), (session) =>
    session.one<{ rows: number }>(sql`select count(*)::float8 as rows from ${wholeTable(table)}`),
  );
  return rows;
}

const turn = (table: CheckedTable, signal: AbortSignal) =>
  ({ title: `Checking ${table.name}`, priority: 'background', signal }) as const;

/** The reason for which one rule cannot be evaluated; being cancelled is none, it ends the run. */
function failure(thrown: unknown, signal: AbortSignal): Problem {
  const failed = toProblem(thrown);
  if (failed.code === 'cancelled') throw thrown;
  if (signal.aborted) throw problem('cancelled', 'The checks were cancelled.');
  return failed;
}
