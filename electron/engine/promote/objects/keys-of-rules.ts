import type { CheckRule } from '../../../../shared/contract/checks.ts';
import type { ProblemError } from '../../../../shared/problem.ts';
import { ident, join, names, type Sql, sql } from '../../../../shared/sql.ts';
import type { Promotion } from '../apply.ts';
import { keyOf, type TargetState } from '../target/target-state.ts';
import { comparableRules } from '../verify/rules-on-both.ts';
import type { PromotedObject } from './objects.ts';

/** A key that a table gets when it is made on the target. */
export interface NewKey {
  readonly columns: readonly string[];
  /** Without a null in any of its columns; one in a table at most. */
  readonly primary: boolean;
  /** The table has it here already; else its rules say so. */
  readonly own?: boolean;
}

/** Columns in whatever order: keys of the same are one. */
export const columnSet = (columns: readonly string[]): string => columns.toSorted().join('\n');

/** A table that its promotion makes there. */
export const isNewTable = (object: PromotedObject, { existing }: TargetState): boolean =>
  object.kind === 'table' && object.form === 'table' && !existing.has(keyOf(object));

/** An index has no more columns. */
const mostColumns = 32;

/** Longer values do not fit into a page of an index: PostgreSQL takes 2,704 bytes. */
const longestKey = 2000;

/**
 * The keys of tables that are not there yet: their rules say what is unique, and what is never null besides is the
 * primary key. A rule that these rows break makes none. A table that is there keeps the keys that it has there.
 */
export async function withNewKeys(
  { database, rulesOf }: Promotion,
  objects: readonly PromotedObject[],
  state: TargetState,
): Promise<readonly PromotedObject[]> {
  const keyed: PromotedObject[] = [];
  for (const object of objects) {
    const isNew = isNewTable(object, state);
    const whole = object.mode === 'replace' || object.mode === 'merge';
    const own = isNew && whole ? object.newKeys.filter((key) => isThere(object, key)) : [];
    const wanted = isNew && whole ? keysIn(object, comparableRules(object, rulesOf)) : [];
    const newKeys: NewKey[] = [...own];
    for (const key of besides(own, wanted)) {
      if (
        await database.one<{ holds: boolean }>(holding(object, key)).then(({ holds }) => holds, withoutOrder)
      )
        newKeys.push(key);
    }
    keyed.push({ ...object, newKeys });
  }
  return keyed;
}

const isThere = ({ columns, hidden }: PromotedObject, key: NewKey) =>
  key.columns.every((name) => columns.some((column) => column.name === name) && !hidden.includes(name));

/** What rules say beyond the keys that a table has here: one primary key at most, and none twice. */
function besides(own: readonly NewKey[], wanted: readonly NewKey[]): readonly NewKey[] {
  const known = new Set(own.map((key) => columnSet(key.columns)));
  const primary = own.some((key) => key.primary);
  return wanted
    .filter((key) => !known.has(columnSet(key.columns)))
    .map((key) => (primary ? { ...key, primary: false } : key));
}

/** Values of some types (json, xml, points) cannot be compared, so that nothing is unique among them. */
function withoutOrder(thrown: unknown): false {
  if (!['42883', '42704'].includes((thrown as Partial<ProblemError>).problem?.at?.sqlstate ?? ''))
    throw thrown;
  return false;
}

/**
 * What rules without conditions say, whether these rows keep to it or not: the first of those that are never null is the
 * primary key, and comes first.
 */
export function keysIn({ columns }: PromotedObject, rules: readonly CheckRule[]): readonly NewKey[] {
  const whole = rules.filter(({ where }) => where === undefined);
  const there = new Set(columns.map(({ name }) => name));
  const listed = ({ params }: CheckRule): readonly string[] =>
    [params['columns'] ?? params['column']].flat().filter((name) => typeof name === 'string');
  const filled = new Set(whole.filter(({ kind }) => kind === 'not_null').flatMap(listed));
  const unique = whole.filter(({ kind }) => kind === 'unique').map(listed);
  const known = new Map(unique.map((key) => [columnSet(key), key]));
  const keys = [...known.values()].filter(
    (key) => key.length > 0 && key.length <= mostColumns && key.every((name) => there.has(name)),
  );
  const primary = keys.find((key) => key.every((name) => filled.has(name)));
  return keys.map((key) => ({ columns: key, primary: key === primary }));
}

/** Whether these rows have it, and values short enough for an index. */
function holding({ from }: PromotedObject, { columns, primary }: NewKey): Sql {
  const all = (parts: readonly Sql[], between: Sql) => join(parts, between);
  const filled = all(
    columns.map((name) => sql`${ident(name)} is not null`),
    sql` and `,
  );
  const bytes = all(
    columns.map((name) => sql`coalesce(octet_length(${ident(name)}::text), 0)`),
    sql` + `,
  );
  const nulls = primary ? sql`not exists (select 1 from ${from} where not (${filled})) and ` : sql``;
  return sql`select ${nulls}not exists (select 1 from ${from} where ${bytes} > ${longestKey}::int)
    and not exists (select 1 from ${from} where ${filled} group by ${names(columns)} having count(*) > 1) as holds`;
}

/** The statements that give a loaded table its keys. */
export const newKeysOf = ({ newKeys }: PromotedObject, table: Sql): Sql[] =>
  newKeys.map(({ columns, primary }) =>
    primary
      ? sql`alter table ${table} add primary key (${names(columns)})`
      : sql`alter table ${table} add unique (${names(columns)})`,
  );

/** The keys in words, for the plan. */
export const wordsOfKeys = ({ newKeys }: PromotedObject): string =>
  newKeys
    .map(
      ({ columns, primary, own }) =>
        ` ${primary ? 'Primary key' : 'Unique'}: ${columns.join(', ')}, as ${own ? 'here' : 'its rules say'}.`,
    )
    .join('');
