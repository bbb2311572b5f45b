import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Duck } from '../duck/duck.ts';
import type { Relation } from '../duck/relation.ts';
import { cellName } from '../duck/relation.ts';
import type { ClassCounts } from './value-classes.ts';
import { classOf, isExactly, valueClass } from './value-classes.ts';

/** What the cells of some columns read like, by the columns' places; and how many rows there are. */
export interface CountedClasses {
  readonly rows: number;
  readonly counts: ReadonlyMap<number, ClassCounts>;
  /** Where every cell was held against the type its column was taken to have: how many do not fit, by place. */
  readonly misfits?: ArrayLike<number>;
}

const sampleRows = 4096;
/** Above this, one long column is cheaper than a predicate for each. */
const mostPredicates = 64;

/**
 * Reads every cell of these columns once, but for those that are known. Where the first rows of a column are all of one kind, that all others are
 * too is asked first, which is much cheaper than sorting each cell into its kind.
 */
export async function countClasses(
  duck: Duck,
  relation: Relation,
  asked: readonly number[],
  known?: CountedClasses,
): Promise<CountedClasses> {
  if (!known) return countAll(duck, relation, asked);
  const open = asked.filter((at) => !known.counts.has(at));
  if (open.length === 0) return known.misfits ? known : { ...known, rows: await countRows(duck, relation) };
  const { rows, counts } = await countAll(duck, relation, open);
  return { rows, counts: new Map([...known.counts, ...counts]) };
}

/** How many rows DuckDB reads. */
export async function countRows(duck: Duck, { rows }: Relation): Promise<number> {
  const [[count] = []] = await duck.rows(sql`select count(*)::varchar from ${rows}`);
  return Number(count);
}

async function countAll(duck: Duck, relation: Relation, asked: readonly number[]): Promise<CountedClasses> {
  if (asked.length > mostPredicates) return sortCells(duck, relation.rows, asked);
  const sample = await sortCells(duck, sql`(from ${relation.rows} limit ${sampleRows})`, asked);
  if (sample.rows < sampleRows) return sample;
  const expected = new Map(asked.map((at) => [at, onlyClass(sample.counts.get(at))]));
  const { rows, counts } = await confirmClasses(duck, relation, expected);
  const open = asked.filter((at) => !counts.has(at));
  if (open.length === 0) return { rows, counts };
  const sorted = await sortCells(duck, relation.rows, open);
  return { rows, counts: new Map([...counts, ...sorted.counts]) };
}

/** The one class that all values of a column have, if so. */
function onlyClass(counts: ClassCounts | undefined): number | undefined {
  const kinds = [...(counts ?? [])].filter(([kind]) => kind !== valueClass.missing);
  return kinds.length === 1 ? kinds[0]?.[0] : undefined;
}

/** Counts for the columns in which every value is of the class expected of it. */
async function confirmClasses(
  duck: Duck,
  relation: Relation,
  expected: ReadonlyMap<number, number | undefined>,
): Promise<CountedClasses> {
  const tried = [...expected].flatMap(([at, kind]) => {
    const cell = ident(cellName(at));
    const exactly = kind === undefined ? undefined : isExactly(kind, cell);
    return kind === undefined || exactly === undefined ? [] : [{ at, kind, cell, exactly }];
  });
  const asks = tried.flatMap(({ cell, exactly }) => [
    sql`count(${cell})::varchar`,
    sql`count_if(not ${exactly})::varchar`,
  ]);
  const [found = []] = await duck.rows(
    sql`select ${join([sql`count(*)::varchar`, ...asks])} from ${relation.rows}`,
  );
  const rows = Number(found[0]);
  const counts = new Map<number, ClassCounts>();
  tried.forEach(({ at, kind }, place) => {
    const values = Number(found[1 + place * 2]);
    if (Number(found[2 + place * 2]) > 0) return;
    counts.set(
      at,
      new Map([
        [kind, values],
        [valueClass.missing, rows - values],
      ]),
    );
  });
  return { rows, counts };
}

/** Sorts each cell into its class: all cells as one long column, so that a thousand columns cost no more than ten. */
async function sortCells(duck: Duck, source: Sql, asked: readonly number[]): Promise<CountedClasses> {
  const cells = sql`[${join([sql`null::varchar`, ...asked.map((at) => ident(cellName(at)))])}]`;
  const long = sql`select unnest(${cells}) as v, unnest(range(-1, ${asked.length})) as place from ${source}`;
  const found = await duck.rows(sql`select place::integer, class::integer, count(*)::varchar
    from (select place, ${classOf(sql`v`, sql`t`)} as class from (select place, v, trim(v) as t from (${long})))
    group by place, class`);
  const counts = new Map<number, Map<number, number>>();
  let rows = 0;
  for (const [place, kind, count] of found) {
    if (place === -1) rows = Number(count);
    const at = asked[Number(place)];
    if (at === undefined) continue;
    const known = counts.get(at) ?? new Map<number, number>();
    counts.set(at, known.set(Number(kind), Number(count)));
  }
  return { rows, counts };
}
