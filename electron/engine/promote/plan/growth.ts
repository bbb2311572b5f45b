import { isMoment } from '../../../../shared/column.ts';
import type { Advice, Estimate, Growth } from '../../../../shared/contract/promote.ts';
import type { PartitionSpan } from '../../../../shared/contract/workspace.ts';
import { count } from '../../../../shared/number-words.ts';
import { ident, type Sql, sql, toText } from '../../../../shared/sql.ts';
import type { PromotedObject } from '../objects/objects.ts';

/** From so many rows on a table of events is better kept in partitions by its date. */
const partitionedFrom = 10_000_000;
/** A partition is to hold no more, and they are to be no more than so many. */
const mostInPart = 10_000_000;
const mostParts = 240;
/** From so many rows on a table is worth more than one server. */
const distributedFrom = 100_000_000;
/** A table that every server can have whole. */
const mostReferenced = 1_000_000;

type Now = Pick<Estimate, 'rows' | 'bytes' | 'ms'>;

/** The same promotion at ten and at a hundred times the rows: time grows with them, memory does not. */
export const growthOf = (
  objects: readonly PromotedObject[],
  { rows, bytes, ms }: Now,
  spans: Spans,
): readonly Growth[] =>
  [10, 100].map((factor) => ({
    ...{ factor, rows: rows * factor, bytes: bytes * factor, ms: ms * factor },
    advice: adviceFor(objects, factor, spans),
  }));

/** What is worth doing with so many times the rows. */
export const adviceFor = (
  objects: readonly PromotedObject[],
  factor: number,
  spans: Spans,
): readonly Advice[] => [...partitions(objects, factor, spans), ...distribution(objects, factor)];

/** How many days lie between the first and the last of a table’s moments, by its name. */
export type Spans = ReadonlyMap<string, number>;

/** The column by which a table of events would be divided: only where it might come to be worth it. */
export function momentOf({ kind, form, columns, rows, partition }: PromotedObject): string | undefined {
  if (kind !== 'table' || form !== 'table' || partition || rows * 100 < partitionedFrom) return undefined;
  return columns.find(({ type }) => isMoment(type))?.name;
}

const lengths: readonly (readonly [span: PartitionSpan, days: number])[] = [
  ['year', 365],
  ['month', 30],
  ['week', 7],
  ['day', 1],
];

/** The longest time whose rows are not too many for one partition; never so short that there are too many of them. */
function spanFor(rows: number, days: number): PartitionSpan {
  const fitting = lengths.filter(([, length]) => days / length <= mostParts);
  const small = fitting.find(([, length]) => rows / Math.max(1, days / length) <= mostInPart);
  return (small ?? fitting.at(-1) ?? lengths[0])?.[0] ?? 'month';
}

const tablesOf = (objects: readonly PromotedObject[]) =>
  objects.filter(({ kind, form }) => kind === 'table' && form === 'table');

function partitions(objects: readonly PromotedObject[], factor: number, spans: Spans): readonly Advice[] {
  return tablesOf(objects).flatMap((object) => {
    const { name, to } = object;
    const rows = object.rows * factor;
    const by = momentOf(object);
    if (by === undefined || rows < partitionedFrom) return [];
    const every = spanFor(rows, spans.get(name) ?? 0);
    const says = `${name} (${count(rows)} rows) in partitions by ${every} of ${by}: old ones are dropped in no time, questions about days read only theirs. It is made so where the target says of the table partition: { by: ${by}, every: ${every} }.`;
    const statements = [
      sql`create table ${ident(to, name)} (…) partition by range (${ident(by)})`,
      sql`create table ${ident(to, `${name}_rest`)} partition of ${ident(to, name)} default`,
    ];
    return [{ says, sql: written(statements) }];
  });
}

/**
 * For Citus: tables of many rows are distributed by the column that most of them share, so that what is joined by it
 * lies together; small ones are given to every server.
 */
function distribution(objects: readonly PromotedObject[], factor: number): readonly Advice[] {
  const tables = tablesOf(objects);
  const large = tables.filter(({ rows }) => rows * factor >= distributedFrom);
  if (large.length === 0) return [];
  const column = sharedColumn(large, tables);
  if (column === undefined) return [];
  const own = large.filter(({ columns }) => columns.some(({ name }) => name === column));
  const small = tables.filter(({ rows }) => rows * factor <= mostReferenced);
  const [first, ...others] = own;
  if (!first) return [];
  const placeOf = ({ to, name }: PromotedObject) => toText(ident(to, name));
  const says = [
    `With Citus: ${own.map(({ name }) => name).join(', ')} distributed by ${column}`,
    ...(small.length > 0 ? [`${small.map(({ name }) => name).join(', ')} on every server`] : []),
  ].join('; ');
  const statements = [
    sql`select create_distributed_table(${placeOf(first)}, ${column})`,
    ...others.map(
      (other) =>
        sql`select create_distributed_table(${placeOf(other)}, ${column}, colocate_with => ${placeOf(first)})`,
    ),
    ...small.map((table) => sql`select create_reference_table(${placeOf(table)})`),
  ];
  return [{ says: `${says}.`, sql: written(statements) }];
}

/** The column by which most of these tables meet. One that is just called `id` is each table's own, and joins nothing. */
function sharedColumn(large: readonly PromotedObject[], all: readonly PromotedObject[]): string | undefined {
  const weight = new Map<string, number>();
  for (const { columns, by, rows } of large) {
    for (const { name, type } of columns.filter((one) => /^(bigint|integer|uuid|text|char)/.test(one.type))) {
      const isKey = by.includes(name);
      if (!isKey && !/(^|_)(id|key|no|nr)$/i.test(name)) continue;
      const met = all.filter((table) => table.columns.some((one) => one.name === name && one.type === type));
      const meets = name.includes('_') || isKey ? met.length + Number(isKey) : 0.5;
      weight.set(name, (weight.get(name) ?? 0) + rows * meets);
    }
  }
  return [...weight].sort(([, one], [, other]) => other - one)[0]?.[0];
}

const written = (statements: readonly Sql[]) => statements.map((one) => `${toText(one)};`).join('\n');
