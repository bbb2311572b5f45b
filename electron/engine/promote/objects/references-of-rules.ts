import type { Column } from '../../../../shared/column.ts';
import type { CheckRule } from '../../../../shared/contract/checks.ts';
import { ident, join, names, type Sql, sql } from '../../../../shared/sql.ts';
import type { Promotion } from '../apply.ts';
import { stagingSchema } from '../target/ledger.ts';
import { keyOf, type TargetState } from '../target/target-state.ts';
import { comparableRules } from '../verify/rules-on-both.ts';
import { columnSet, isNewTable } from './keys-of-rules.ts';
import type { PromotedObject } from './objects.ts';

/** A foreign key that a table gets when it is made on the target, to a table that is promoted with it. */
export interface Reference {
  readonly columns: readonly string[];
  /** The other table, as `schema.name` there. */
  readonly other: string;
  readonly name: string;
  readonly references: readonly string[];
}

/**
 * The foreign keys of tables that are not there yet: a rule says that their values are found in another table, which
 * goes along and has a key of just these columns. A rule that these rows break makes none, and neither do columns of
 * another type. A history is left without: its old rows may refer to what is gone.
 */
export async function withReferences(
  { database, rulesOf }: Promotion,
  objects: readonly PromotedObject[],
  state: TargetState,
): Promise<readonly PromotedObject[]> {
  const referring: PromotedObject[] = [];
  for (const object of objects) {
    const rules = isNewTable(object, state) && object.mode !== 'scd2' ? comparableRules(object, rulesOf) : [];
    const refers: Reference[] = [];
    for (const rule of rules) {
      const found = referenceIn(object, rule, objects, state);
      if (found && (await database.one<{ holds: boolean }>(holding(object, found))).holds)
        refers.push(found.reference);
    }
    referring.push({ ...object, refers });
  }
  return referring;
}

interface Found {
  readonly reference: Reference;
  readonly to: PromotedObject;
}

function referenceIn(
  object: PromotedObject,
  { kind, params, where }: CheckRule,
  objects: readonly PromotedObject[],
  state: TargetState,
): Found | undefined {
  if (kind !== 'foreign_key' || where !== undefined) return undefined;
  const [columns, references] = [listed(params['columns']), listed(params['references'])];
  const to = objects.find(({ kind: what, name }) => what === 'table' && name === params['table']);
  if (!to || columns.length === 0 || columns.length !== references.length) return undefined;
  if (to.form !== 'table' || to.mode === 'scd2' || references.some((name) => to.hidden.includes(name)))
    return undefined;
  const alike = columns.every((name, at) => comparable(object, name, to, references[at] ?? ''));
  if (!alike || !isKey(to, references, state)) return undefined;
  return { to, reference: { columns, references, other: keyOf(to), name: to.name } };
}

const listed = (param: unknown): readonly string[] =>
  (Array.isArray(param) ? param : []).filter((name) => typeof name === 'string');

/** PostgreSQL makes keys between more types than these; these it can always compare by the other's index. */
function comparable(one: PromotedObject, column: string, other: PromotedObject, there: string): boolean {
  const [type, otherType] = [typeOf(one.columns, column), typeOf(other.columns, there)];
  return type !== undefined && (type === otherType || (isWhole(type) && isWhole(otherType)));
}

const typeOf = (columns: readonly Column[], column: string) =>
  columns.find(({ name }) => name === column)?.type;

const isWhole = (type: string | undefined) => /^(smallint|integer|bigint)$/.test(type ?? '');

/** A key that the other table gets or has there, of the same columns in whatever order. */
function isKey(to: PromotedObject, columns: readonly string[], { existing }: TargetState): boolean {
  const there = existing.get(keyOf(to))?.carried.constraints ?? [];
  const keys = existing.has(keyOf(to))
    ? there.filter(({ kind }) => kind === 'p' || kind === 'u')
    : to.newKeys;
  return keys.some((key) => columnSet(key.columns) === columnSet(columns));
}

function holding({ from }: PromotedObject, { to, reference: { columns, references } }: Found): Sql {
  const filled = columns.map((name) => sql`own.${ident(name)} is not null`);
  const equal = references.map((name, at) => sql`other.${ident(name)} = own.${ident(columns[at] ?? '')}`);
  return sql`select not exists (select from (select * from ${from}) as own where ${join(filled, sql` and `)}
    and not exists (select from (select * from ${to.from}) as other where ${join(equal, sql` and `)})) as holds`;
}

/** The statements that make them in staging, where both tables are: they go along when these are swapped in. */
export const referencesOf = (objects: readonly PromotedObject[], staging: string): Sql[] =>
  objects.flatMap((object) =>
    object.refers.flatMap(({ columns, other, references }) => {
      const to = objects.find((one) => keyOf(one) === other);
      if (!to) return [];
      const [table, there] = [object, to].map((one) => ident(stagingSchema(staging, one), one.name));
      return [
        sql`alter table ${table as Sql} add foreign key (${names(columns)}) references ${there as Sql} (${names(references)})`,
      ];
    }),
  );

/** They in words, for the plan. */
export const wordsOfReferences = ({ refers }: PromotedObject): string =>
  refers
    .map(({ columns, name }) => ` Foreign key: ${columns.join(', ')} to ${name}, as its rules say.`)
    .join('');
