import { clause, ident, names, type Sql, sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import { keyOf, type TargetState } from '../target/target-state.ts';
import { madeOf, pgvectorFor } from './collection-keys.ts';
import { columnSet, type NewKey } from './keys-of-rules.ts';
import type { PromotedObject } from './objects.ts';

/** An index of a table here that its first copy on a target gets as well. */
export interface OwnIndex {
  readonly name: string;
  readonly unique: boolean;
  readonly columns: readonly string[];
  /** What it is made of, as the catalog writes it. */
  readonly using: string;
  /** Whether it needs functions or operators that only this workspace has. */
  readonly local: boolean;
}

interface Read extends OwnIndex {
  readonly constraint: 'p' | 'u' | null;
}

/** What a table here has by somebody's own hand: keys and indexes, none of them on the row address. */
export async function ownIndexes(
  database: Database,
  table: string,
): Promise<{ readonly keys: readonly NewKey[]; readonly indexes: readonly OwnIndex[] }> {
  const rows = await database.query<Read & { readonly definition: string }>(sql`
    select c.relname as name, i.indisunique as unique, k.contype as constraint, pg_get_indexdef(i.indexrelid) as definition,
      array(select a.attname::text from pg_attribute a where a.attrelid = i.indrelid and a.attnum > 0 and (
        a.attnum = any(i.indkey) or exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid
          and d.refobjid = i.indrelid and d.refobjsubid = a.attnum))
        order by array_position(i.indkey::int2[], a.attnum)) as columns,
      m.amname = 'bm25' or exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid
        and d.refclassid <> 'pg_class'::regclass and d.refobjid >= 16384 and not exists (
          select from pg_depend e join pg_extension x on x.oid = e.refobjid
          where e.classid = d.refclassid and e.objid = d.refobjid and e.deptype = 'e' and x.extname = 'vector')
        and d.refclassid <> 'pg_constraint'::regclass) as local
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam join pg_class t on t.oid = i.indrelid
    left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u') and k.conrelid = i.indrelid
    where t.relname = ${table} and t.relnamespace = 'public'::regnamespace and i.indisvalid order by c.relname`);
  const own = rows
    .filter(({ columns }) => !columns.includes('_row'))
    .map(({ definition, ...one }) => ({ ...one, using: madeOf(definition) }));
  return {
    keys: own.flatMap(({ columns, constraint }) =>
      constraint === null ? [] : [{ columns, primary: constraint === 'p', own: true }],
    ),
    indexes: own.filter(({ constraint }) => constraint === null),
  };
}

/** The indexes that a table gets where it is made there for the first time: its own, and one for each foreign key that has none. */
export function newIndexesOf(object: PromotedObject, state: TargetState, table: Sql): Sql[] {
  if (object.kind !== 'table' || state.existing.has(keyOf(object))) return [];
  return [
    ...goingIndexes(object, state).map(
      ({ unique, using }) =>
        sql`create ${unique ? sql`unique index` : sql`index`} on ${table} using ${clause(using)}`,
    ),
    ...unindexed(object).map((columns) => sql`create index on ${table} (${names(columns)})`),
  ];
}

const unindexed = ({ refers, newKeys, ownIndexes: own }: PromotedObject) =>
  refers
    .map(({ columns }) => columns)
    .filter(
      (columns) =>
        ![...newKeys, ...own.filter(({ using }) => isPlain(using))].some((one) =>
          columns.every((column, at) => one.columns[at] === column),
        ),
    );

/** Two versions of a row, or rows that are appended again, are no error: what is unique here need not be so there. */
const goingIndexes = (object: PromotedObject, state: TargetState) =>
  object.ownIndexes.filter((index) => whyNot(object, index, state) === undefined && !isKey(object, index));

/** A key that its rules say has an index by itself. */
const isKey = ({ newKeys }: PromotedObject, { unique, using, columns }: OwnIndex) =>
  unique && isPlain(using) && newKeys.some((key) => columnSet(key.columns) === columnSet(columns));

const isPlain = (using: string) => /^btree \([^()]*\)$/.test(using);

function whyNot(
  { mode, hidden, columns, partition }: PromotedObject,
  { unique, local, using, columns: of }: OwnIndex,
  state: TargetState,
): string | undefined {
  if (local) return 'it needs what only this workspace has';
  if (unique && mode !== 'replace' && mode !== 'merge') return 'rows may repeat there';
  if (unique && partition && !of.includes(partition.by))
    return `in partitions by ${partition.by} every key holds that column`;
  if (of.some((name) => hidden.includes(name) || !columns.some((column) => column.name === name)))
    return 'its columns are masked or left out there';
  const version = pgvectorFor(using, state);
  return version === undefined ? undefined : `it needs pgvector ${version} or newer there`;
}

/** Which go and which do not, in words for the plan. */
export function wordsOfIndexes(object: PromotedObject, state: TargetState): string {
  if (object.kind !== 'table') return '';
  const made = newIndexesOf(object, state, ident(object.name)).length;
  const lacks = object.ownIndexes.flatMap((index) => {
    const why = whyNot(object, index, state);
    return why === undefined ? [] : [` The index ${index.name} stays here: ${why}.`];
  });
  return `${made > 0 ? ` With ${made === 1 ? '1 index' : `${made} indexes`}.` : ''}${lacks.join('')}`;
}
