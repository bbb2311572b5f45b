import { userColumns } from '../../../shared/column.ts';
import type { PromotionMode, Target, TargetTable } from '../../../shared/contract/workspace.ts';
import { problem } from '../../../shared/problem.ts';
import { ident, sql } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import type { Database } from '../database/database.ts';
import type { SourceTable } from './copy-pieces.ts';
import { type MadeThere, readMadeThere } from './made-there.ts';
import { type Deciding, decide, readDeciding } from './private-columns.ts';

/** A table or a collection that is to be promoted. */
export interface PromotedObject extends SourceTable {
  /** The schema on the target. */
  readonly to: string;
  readonly kind: 'table' | 'collection';
  /** Goes up with every change here. */
  readonly version: string;
  /** How its rows meet those that are there, and by which columns one is told from another. */
  readonly mode: PromotionMode;
  readonly by: readonly string[];
  /** The table that it is, or for a collection the one that it is made from. */
  readonly source: string;
  /** How it is made there, where its rows are not sent. */
  readonly made: MadeThere | undefined;
  /** Columns that are masked or stay here: what is asked of them is answered here alone. */
  readonly hidden: readonly string[];
  /** Private columns of which nobody has said whether they go. */
  readonly undecided: readonly string[];
}

/** What a call chose by name; all where it named nothing. */
export interface Choice {
  readonly tables?: readonly string[] | undefined;
  readonly collections?: readonly string[] | undefined;
}

/** The schema that an environment has on its server; its own where it says none. */
export const schemaOn = (schema: string | undefined, kind: PromotedObject['kind']): string => {
  if (kind === 'table') return schema ?? 'public';
  return schema === undefined ? 'collections' : `${schema}_collections`;
};

/** The chosen objects with their columns and rows, tables first. Named tables alone leave collections out, and the other way round. */
export async function promotedObjects(
  context: Context,
  choice: Choice,
  { schema, tables: settings = {} }: Pick<Target, 'schema' | 'tables'>,
): Promise<readonly PromotedObject[]> {
  const { database } = context;
  const all = choice.tables === undefined && choice.collections === undefined;
  const tables = await database.query<{ name: string; version: string }>(
    sql`select name, version::text as version from assay.tables order by name`,
  );
  const collections = await database.query<{ name: string; version: string; table: string; holds: string[] }>(
    sql`select name, updated_at::text as version, table_name as table, text_columns || metadata_columns as holds
      from assay.collections order by name`,
  );
  const made = await readMadeThere(
    context,
    tables.map(({ name }) => name).filter((name) => settings[name]?.made === 'there'),
  );
  const objects = [
    ...chosen(tables, all ? undefined : withReads(choice.tables ?? [], made), 'table').map((entry) => ({
      ...entry,
      kind: 'table' as const,
      to: schemaOn(schema, 'table'),
      schema: 'public',
      key: '_row',
      holds: undefined,
      table: entry.name,
    })),
    ...chosen(collections, all ? undefined : (choice.collections ?? []), 'collection').map((entry) => ({
      ...entry,
      kind: 'collection' as const,
      to: schemaOn(schema, 'collection'),
      schema: 'collections',
      key: 'id',
    })),
  ];
  if (objects.length === 0) {
    throw problem('bad_input', 'There is nothing to promote.', {
      hint: 'Import a table first, or choose one.',
    });
  }
  const deciding = await readDeciding(context);
  const found = await Promise.all(
    objects.map((object) => withColumns(database, object, settings[object.table] ?? {}, deciding)),
  );
  return found.map((object) => ({
    ...object,
    made: object.kind === 'table' ? made.get(object.name) : undefined,
  }));
}

/** What is made there takes along what it is made from. */
function withReads(wanted: readonly string[], made: ReadonlyMap<string, MadeThere>): readonly string[] {
  const all = new Set(wanted);
  for (const name of all) for (const read of made.get(name)?.reads ?? []) all.add(read);
  return [...all];
}

/** Each after what it is made from there. */
export function inMakingOrder(objects: readonly PromotedObject[]): readonly PromotedObject[] {
  const ordered = new Set<PromotedObject>();
  const add = (object: PromotedObject) => {
    const reads = object.made?.reads ?? [];
    for (const other of objects) {
      if (other !== object && other.kind === 'table' && reads.includes(other.name) && !ordered.has(other))
        add(other);
    }
    ordered.add(object);
  };
  objects.forEach(add);
  return [...ordered];
}

function chosen<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  wanted: readonly string[] | undefined,
  what: string,
): readonly Entry[] {
  const missing = wanted?.find((name) => !entries.some((entry) => entry.name === name));
  if (missing !== undefined) throw problem('not_found', `There is no ${what} "${missing}".`);
  return wanted ? entries.filter(({ name }) => wanted.includes(name)) : entries;
}

type Found = Pick<PromotedObject, 'name' | 'kind' | 'to' | 'schema' | 'key' | 'version'> & {
  /** The table that it is or is made from, and for a collection the columns that it holds. */
  readonly table: string;
  readonly holds: readonly string[] | undefined;
};

async function withColumns(
  database: Database,
  { table, holds, ...object }: Found,
  settings: TargetTable,
  deciding: Deciding,
): Promise<Omit<PromotedObject, 'made'>> {
  const from = ident(object.schema, object.name);
  const columns = userColumns(await database.describe(sql`select * from ${from}`));
  const { rows } = await database.one<{ rows: number }>(sql`select count(*)::float8 as rows from ${from}`);
  refuseOwnTypes(object.name, columns);
  const decided = decide({ ...object, table, holds, columns }, settings.private ?? {}, deciding);
  const { mode = 'replace', key = [] } = object.kind === 'table' ? settings : {};
  return { ...object, ...decided, source: table, rows, mode, by: mode === 'append' ? [] : key };
}

/** Refuses what was changed since it was chosen: rows of two states were sent then. */
export async function refuseChanged(database: Database, objects: readonly PromotedObject[]): Promise<void> {
  const now = await database.query<{ key: string; version: string }>(sql`
    select 'table ' || name as key, version::text as version from assay.tables
    union all select 'collection ' || name, updated_at::text from assay.collections`);
  const versions = new Map(now.map(({ key, version }) => [key, version]));
  const changed = objects.find(({ kind, name, version }) => versions.get(`${kind} ${name}`) !== version);
  if (!changed) return;
  throw problem(
    'bad_input',
    `${changed.name} was changed here while it was promoted: nothing was swapped in.`,
    {
      hint: 'Promote again.',
      at: { table: changed.name },
    },
  );
}

/** Types that people made here (enums, domains) are not made there. */
function refuseOwnTypes(table: string, columns: PromotedObject['columns']): void {
  const known =
    /^("char"|bigint|bit|boolean|bytea|char|cidr|date|double|inet|integer|interval|json|macaddr|money|name|numeric|oid|real|smallint|text|time|tsquery|tsvector|uuid|vector|halfvec|xml|\w+range)/;
  const strange = columns.find(({ type }) => !known.test(type));
  if (!strange) return;
  throw problem(
    'bad_input',
    `Column "${strange.name}" of ${table} has the type ${strange.type}, made in this workspace.`,
    {
      hint: 'Change it to one of PostgreSQL’s own types, such as text, and promote again.',
      at: { table, column: strange.name },
    },
  );
}
