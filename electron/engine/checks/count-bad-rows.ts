import { type Problem, problem } from '../../../shared/problem.ts';
import { ident, join, names, type Sql, sql } from '../../../shared/sql.ts';
import { naming, pieces, wholeTable } from './checked-table.ts';
import { type Counting, failure, oneWithin } from './limited-turn.ts';
import { repeatingColumns } from './repeating-columns.ts';

/** How many rows break a rule of how many that it is about, or why it cannot be told. */
export type Count = { readonly bad: number; readonly rows: number } | { readonly problem: Problem };

/** A rule on rows, as far as it is counted. */
export interface Condition {
  readonly breaks: Sql;
  /** The rows that it is about; all where nothing is said. */
  readonly where: Sql | undefined;
  /** The columns whose values alone decide; none where anything may. */
  readonly values: readonly string[];
  /** An aggregate that is true only where no row breaks it. */
  readonly sure: Sql | undefined;
  readonly seconds: number;
}

/** Blocks that one turn reads with one rule: some tenths of a second of work. */
const blocksInTurn = 16_384;
const fewestBlocks = 1_024;

/**
 * Counts the rows that break each condition in one pass over the table, piece by piece so that others get in between.
 * A condition that fails is taken out and the others go on. `step` is told the share that each piece is of the whole.
 */
export async function countTogether(
  counting: Counting,
  conditions: readonly Condition[],
  step: (share: number) => void,
): Promise<readonly Count[]> {
  const blocks = Math.max(fewestBlocks, Math.floor(blocksInTurn / (1 + conditions.length / 8)));
  const parts = pieces(counting.table, blocks);
  const grouped = await repeatingColumns(counting, conditions);
  const counts: Count[] = conditions.map(() => ({ bad: 0, rows: 0 }));
  for (const from of parts) {
    await addPiece(counting, { from, grouped }, conditions, counts);
    step(1 / parts.length);
  }
  return counts;
}

interface Piece {
  readonly from: Sql;
  readonly grouped: readonly string[];
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
          counts[at] = { bad: before.bad + now.bad, rows: before.rows + now.rows };
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

/** What fails is found by halving: the rest is counted in few statements. */
function halvesOf(some: readonly number[]): readonly (readonly number[])[] {
  const middle = Math.ceil(some.length / 2);
  return [some.slice(0, middle), some.slice(middle)];
}

type Counted = { readonly bad: number; readonly rows: number };

/** Conditions that share what makes sure are counted only where that leaves a doubt. */
async function countPiece(
  counting: Counting,
  piece: Piece,
  conditions: readonly Condition[],
): Promise<readonly Counted[]> {
  const slots = conditions.map((condition) => slotOf(condition, conditions, piece.grouped));
  const found = await countSlots(counting, piece, slots);
  const doubtful = slots.flatMap((slot, at) => (slot.by === 'sure' && found[at]?.bad !== 0 ? [at] : []));
  if (doubtful.length === 0) return found;
  const again = doubtful.map((at): Slot => ({ by: 'row', condition: conditions[at] as Condition }));
  const counted = await countSlots(counting, piece, again);
  return found.map((one, at) => counted[doubtful.indexOf(at)] ?? one);
}

/** A condition, and how it is counted: row by row, once a group, or by what makes sure that there is nothing to count. */
interface Slot {
  readonly by: 'row' | 'group' | 'sure';
  readonly condition: Condition;
}

function slotOf(condition: Condition, all: readonly Condition[], grouped: readonly string[]): Slot {
  const { values, sure } = condition;
  if (values.length > 0 && values.every((name) => grouped.includes(name))) return { by: 'group', condition };
  const shared = all.filter((other) => other.sure && `${other.values}` === `${values}`).length > 1;
  return { by: sure && shared ? 'sure' : 'row', condition };
}

async function countSlots(
  counting: Counting,
  { from, grouped }: Piece,
  slots: readonly Slot[],
): Promise<readonly Counted[]> {
  const seconds = Math.min(...slots.map(({ condition }) => condition.seconds));
  const used = slots.flatMap(({ by, condition }) => (by === 'group' ? condition.values : []));
  const columns = grouped.filter((name) => used.includes(name));
  const statement =
    columns.length > 0
      ? groupedCounts(counting, from, slots, columns)
      : sql`select ${counted(slots.flatMap(rowCounts))} from ${from}`;
  const { counts } = await oneWithin<{ counts: number[] }>(
    counting,
    seconds,
    naming(counting.table, statement),
  );
  return slots.map((_, at) => ({ bad: counts[2 * at] ?? 0, rows: counts[2 * at + 1] ?? 0 }));
}

const counted = (counts: readonly Sql[]) => sql`array[${join(counts)}]::float8[] as counts`;

/** Bad rows and rows of a condition, counted row by row; where there is something that makes sure, 1 for a doubt. */
function rowCounts({ by, condition: { breaks, where, sure } }: Slot): readonly [Sql, Sql] {
  if (by === 'sure' && sure) return [sql`(not ${sure})::int`, sql`count(*)`];
  if (!where) return [sql`count(*) filter (where ${breaks})`, sql`count(*)`];
  return [sql`count(*) filter (where ${where} and ${breaks})`, sql`count(*) filter (where ${where})`];
}

/** One pass for all: conditions on repeating values are evaluated once a group, the others are summed up over the groups. */
function groupedCounts(
  { table }: Counting,
  from: Sql,
  slots: readonly Slot[],
  columns: readonly string[],
): Sql {
  const inner: Sql[] = [sql`count(*) as _n`];
  const outer = slots.flatMap((slot): readonly Sql[] => {
    const all = sql`coalesce(sum(_n), 0)`;
    if (slot.by === 'group') {
      return [sql`coalesce(sum(_n) filter (where ${slot.condition.breaks}), 0)`, all];
    }
    const [bad, rows] = rowCounts(slot);
    const sumOf = (count: Sql) => {
      const name = ident(`_c${inner.length}`);
      inner.push(sql`${count} as ${name}`);
      return sql`coalesce(sum(${name}), 0)`;
    };
    return [sumOf(bad), slot.condition.where ? sumOf(rows) : all];
  });
  return sql`select ${counted(outer)} from
  (select ${names(columns)}, ${join(inner)} from ${from} group by ${names(columns)}) as ${wholeTable(table)}`;
}

/** Counts what one SELECT of bad rows yields, by a cheaper SELECT of `bad` where there is one. */
export async function countAlone(
  counting: Counting,
  { badRows, count, rows, seconds }: { badRows: Sql; count: Sql | undefined; rows: number; seconds: number },
): Promise<Count> {
  try {
    const statement = count ?? sql`select count(*)::float8 as bad from (${badRows}) as bad_rows`;
    const { bad } = await oneWithin<{ bad: number }>(counting, seconds, statement);
    return { bad, rows };
  } catch (thrown) {
    return { problem: failure(thrown, counting.signal) };
  }
}

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

/** The value that a rule measures, or null where there is none. */
export async function measureValue(
  counting: Counting,
  statement: Sql,
  seconds: number,
): Promise<{ readonly value: number | null } | { readonly problem: Problem }> {
  try {
    const { value } = await oneWithin<{ value: number | null }>(counting, seconds, statement);
    if (value !== null && !Number.isFinite(value)) {
      throw problem('sql_failed', 'The measured value is not a finite number.');
    }
    return { value };
  } catch (thrown) {
    return { problem: failure(thrown, counting.signal) };
  }
}
