import { type Problem, problem } from '../../../shared/problem.ts';
import { type Sql, sql } from '../../../shared/sql.ts';
import { naming, pieces, wholeTable } from './checked-table.ts';
import { type Condition, countsOf, type Slot, slotOf } from './count-slots.ts';
import { type Counting, failure, oneWithin } from './limited-turn.ts';
import { repeatingColumns } from './repeating-columns.ts';

/**
 * How many rows break a rule, of how many that it is about and how many of these it could judge, or why it cannot be
 * told. What is said in percent is a share of those that were judged.
 */
export type Count = Counted | { readonly problem: Problem };

export interface Counted {
  readonly bad: number;
  readonly rows: number;
  readonly judged: number;
}

/** Blocks that one turn reads with one rule: some tenths of a second of work. */
const blocksInTurn = 16_384;
const fewestBlocks = 1_024;
/** Fewer, where texts are put together to make sure of many at once. */
const mostJoined = 4_096;

/**
 * Counts the rows that break each condition in one pass over the table, piece by piece so that others get in between.
 * A condition that fails is taken out and the others go on. `step` is told the share that each piece is of the whole.
 */
export async function countTogether(
  counting: Counting,
  conditions: readonly Condition[],
  step: (share: number) => void,
): Promise<readonly Count[]> {
  const usual = Math.max(fewestBlocks, Math.floor(blocksInTurn / (1 + conditions.length / 12)));
  const joins = conditions.some(({ sureAlone }) => sureAlone);
  const blocks = joins ? Math.min(mostJoined, usual) : usual;
  const parts = pieces(counting.table, blocks);
  const grouped = await repeatingColumns(counting, conditions);
  const counts: Count[] = conditions.map(() => none);
  const doubted = new Set<Condition>();
  for (const from of parts) {
    await addPiece(counting, { from, grouped, doubted }, conditions, counts);
    step(1 / parts.length);
  }
  return counts;
}

interface Piece {
  readonly from: Sql;
  readonly grouped: readonly string[];
  /** Conditions that could not be made sure of before: they are counted row by row at once. */
  readonly doubted: Set<Condition>;
}

async function addPiece(
  counting: Counting,
  piece: Piece,
  conditions: readonly Condition[],
  counts: Count[],
): Promise<void> {
  const add = async (some: readonly number[]): Promise<void> => {
    const chosen = some.flatMap((at) => conditions[at] ?? []);
    try {
      const found = await countPiece(counting, piece, chosen);
      some.forEach((at, place) => {
        const [before, now] = [counts[at], found[place]];
        if (before && 'bad' in before && now) {
          counts[at] = added(before, now);
        }
      });
    } catch (thrown) {
      const [only = 0, ...more] = some;
      const failed = failure(thrown, counting.signal);
      if (more.length === 0) counts[only] = { problem: failed };
      else for (const half of halvesOf(some)) await add(half);
    }
  };
  const alive = counts.flatMap((count, at) => ('bad' in count ? [at] : []));
  if (alive.length > 0) await add(alive);
}

const none: Counted = { bad: 0, rows: 0, judged: 0 };

const added = (before: Counted, now: Counted): Counted => ({
  bad: before.bad + now.bad,
  rows: before.rows + now.rows,
  judged: before.judged + now.judged,
});

/** What fails is found by halving: the rest is counted in few statements. */
function halvesOf(some: readonly number[]): readonly (readonly number[])[] {
  const middle = Math.ceil(some.length / 2);
  return [some.slice(0, middle), some.slice(middle)];
}

/** Conditions that share what makes sure are counted only where that leaves a doubt. */
async function countPiece(
  counting: Counting,
  piece: Piece,
  conditions: readonly Condition[],
): Promise<readonly Counted[]> {
  const { grouped, doubted } = piece;
  const alone = counting.table.blocks > 0;
  const slots = conditions.map((condition) =>
    slotOf(condition, conditions, { grouped, alone, doubted: doubted.has(condition) }),
  );
  const found = await countApart(counting, piece, slots);
  const doubtful = slots.flatMap((slot, at) =>
    (slot.by === 'sure' || slot.by === 'kept') && found[at]?.bad !== 0 ? [at] : [],
  );
  if (doubtful.length === 0) return found;
  const again = doubtful.map((at): Slot => ({ by: 'row', condition: conditions[at] as Condition }));
  for (const { condition } of again) doubted.add(condition);
  const counted = await countSlots(counting, piece, again);
  return found.map((one, at) => counted[doubtful.indexOf(at)] ?? one);
}

/** What puts texts together is asked apart: beside it PostgreSQL would sort the rows instead of hashing their groups. */
async function countApart(
  counting: Counting,
  piece: Piece,
  slots: readonly Slot[],
): Promise<readonly Counted[]> {
  const joins = slots.filter(({ by, condition }) => by === 'sure' && condition.sureAlone);
  const others = slots.filter((slot) => !joins.includes(slot));
  if (joins.length === 0 || others.length === 0) return countSlots(counting, piece, slots);
  const found = new Map<Slot, Counted | undefined>();
  for (const some of [joins, others]) {
    const counts = await countSlots(counting, piece, some);
    for (const [at, slot] of some.entries()) found.set(slot, counts[at]);
  }
  return slots.map((slot) => found.get(slot) ?? none);
}

async function countSlots(
  counting: Counting,
  { from, grouped }: Piece,
  slots: readonly Slot[],
): Promise<readonly Counted[]> {
  const seconds = Math.min(...slots.map(({ condition }) => condition.seconds));
  const statement = countsOf(counting.table, from, slots, grouped);
  const { counts } = await oneWithin<{ counts: number[] }>(
    counting,
    seconds,
    naming(counting.table, statement),
  );
  return slots.map((_, at) => {
    const [bad = 0, rows = 0, judged = 0] = counts.slice(3 * at);
    return { bad, rows, judged };
  });
}

/** Counts what one SELECT of bad rows yields, by a cheaper SELECT of `bad` where there is one. */
export async function countAlone(
  counting: Counting,
  {
    badRows,
    count,
    seconds,
    ...of
  }: { badRows: Sql; count: Sql | undefined; rows: number; judged: number; seconds: number },
): Promise<Count> {
  try {
    const statement = count ?? sql`select count(*)::float8 as bad from (${badRows}) as bad_rows`;
    const { bad, stray = 0 } = await oneWithin<{ bad: number; stray?: number }>(counting, seconds, statement);
    if (stray > 0) throw strayRows(counting.table.name, stray);
    return { ...of, bad };
  } catch (thrown) {
    return { problem: failure(thrown, counting.signal) };
  }
}

/** Bad rows that are nowhere to be found are no pass. */
const strayRows = (table: string, stray: number) =>
  problem(
    'sql_failed',
    `The query yields what is no row of "${table}": ${stray} of its _row are not there.`,
    {
      hint: 'It has to yield the _row of this table, and never an empty one.',
    },
  );

/** Counts all rows, or those that meet a condition. */
export async function countRows(
  counting: Counting,
  where: Sql | undefined,
  seconds: number,
): Promise<number> {
  const only = where ? sql` where ${where}` : sql``;
  const statement = sql`select count(*)::float8 as rows from ${wholeTable(counting.table)}${only}`;
  const { rows } = await oneWithin<{ rows: number }>(counting, seconds, naming(counting.table, statement));
  return rows;
}

/** A measured value, null where there is none; a whole number that a double cannot hold stands beside it as it is. */
export interface MeasuredValue {
  readonly value: number | null;
  readonly exact?: bigint;
}

/** The value that a rule measures. */
export async function measureValue(
  counting: Counting,
  statement: Sql,
  seconds: number,
): Promise<MeasuredValue | { readonly problem: Problem }> {
  try {
    const found = await oneWithin<{ value: number | null; exact?: string | null }>(
      counting,
      seconds,
      statement,
    );
    const { value, exact } = found;
    if (value !== null && !Number.isFinite(value)) {
      throw problem('sql_failed', 'The measured value is not a finite number.');
    }
    const long = value !== null && !Number.isSafeInteger(value) && /^-?\d+$/.test(exact ?? '');
    return long ? { value, exact: BigInt(exact ?? '') } : { value };
  } catch (thrown) {
    return { problem: failure(thrown, counting.signal) };
  }
}
