import { named } from '../../../../shared/by-name.ts';
import { userColumns } from '../../../../shared/column.ts';
import type { TargetTable } from '../../../../shared/contract/workspace.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, sql } from '../../../../shared/sql.ts';
import type { Context } from '../../context.ts';
import type { Database } from '../../database/database.ts';
import { collectionIndexes } from './collection-keys.ts';
import { type MadeThere, readMadeThere } from './made-there.ts';
import { type GoingSettings, type PromotedObject, schemaOn } from './objects.ts';
import { refuseOwnTypes } from './own-types.ts';
import { partitionOf } from './partition.ts';
import { type Deciding, decide, readDeciding, shyOf } from './private-columns.ts';
import { promotableViews, type ViewHere } from './read-views.ts';
import { ownIndexes } from './table-indexes.ts';
import { viewObject } from './view-object.ts';

/** What a call chose by name; all where it named nothing. */
export interface Choice {
  readonly tables?: readonly string[] | undefined;
  readonly collections?: readonly string[] | undefined;
  readonly views?: readonly string[] | undefined;
  readonly queries?: readonly string[] | undefined;
}

/**
 * The chosen objects with their columns and rows: tables, collections, then views. Where something is named, it takes
 * along what it reads there, and nothing else goes.
 */
export async function promotedObjects(
  context: Context,
  choice: Choice,
  settings: GoingSettings,
): Promise<readonly PromotedObject[]> {
  const { database } = context;
  const all = [choice.tables, choice.collections, choice.views, choice.queries].every(
    (one) => one === undefined,
  );
  const queries = (all ? settings.queries : choice.queries) ?? [];
  const { tables, collections } = await listHere(database);
  const views = await promotableViews(context, queries);
  const made = await readMadeThere(
    context,
    tables
      .map(({ name }) => name)
      .filter((name) => (named(settings.tables, name)?.made ?? 'here') !== 'here'),
  );
  const wanted = all ? undefined : pulled({ ...choice, queries }, views, made);
  const deciding = await readDeciding(context, settings.tables);
  const stored = [
    ...chosen(tables, wanted, 'public').map((entry) => ({ ...entry, ...tablePlace, table: entry.name })),
    ...chosen(collections, wanted, 'collections').map((entry) => ({ ...entry, ...collectionPlace })),
  ];
  refuseMissing(choice, { tables, collections, views });
  const found = await Promise.all([
    ...stored.map(async (object) => {
      const read = await storedObject(database, object, settings, deciding, made);
      return { ...read, shy: shyOf(read, object.holds ?? [], deciding) };
    }),
    ...chosen(views, wanted, 'public').map(async (view) => {
      const read = await viewObject(database, view, settings, all);
      return { ...read, shy: shyOf(read, usesOf(view, views), deciding) };
    }),
  ]);
  if (found.length === 0) {
    throw problem('bad_input', 'There is nothing to promote.', {
      hint: 'Import a table first, or choose one.',
    });
  }
  return found;
}

const tablePlace = { kind: 'table', schema: 'public', key: '_row', holds: undefined } as const;
const collectionPlace = { kind: 'collection', schema: 'collections', key: 'id' } as const;

async function listHere(database: Database) {
  const tables = await database.query<{ name: string; version: string; known: number }>(
    sql`select name, version::text as version, row_count::float8 as known from assay.tables order by name`,
  );
  const collections = await database.query<{ name: string; version: string; table: string; holds: string[] }>(
    sql`select name, updated_at::text as version, table_name as table, text_columns || metadata_columns as holds
      from assay.collections order by name`,
  );
  return { tables, collections };
}

/** What is named, and what that is made from there, as `schema.name`. */
function pulled(
  { tables = [], collections = [], views = [], queries = [] }: Choice,
  known: readonly ViewHere[],
  made: ReadonlyMap<string, MadeThere>,
): ReadonlySet<string> {
  const own = [...tables, ...views, ...queries].map((name) => `public.${name}`);
  const all = new Set([...own, ...collections.map((name) => `collections.${name}`)]);
  const readsOf = (key: string) =>
    made.get(key.replace(/^public\./, ''))?.reads ??
    known.find(({ name }) => key === `public.${name}`)?.reads ??
    [];
  for (const key of all) for (const read of readsOf(key)) all.add(read);
  return all;
}

/** The columns that a view uses, and those that the views use that it reads. */
function usesOf(view: ViewHere, known: readonly ViewHere[]): readonly string[] {
  const below = new Set([view]);
  for (const one of below)
    for (const other of known) if (one.reads.includes(`public.${other.name}`)) below.add(other);
  return [...below].flatMap(({ uses }) => uses);
}

const chosen = <Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  wanted: ReadonlySet<string> | undefined,
  schema: string,
) => entries.filter(({ name }) => wanted?.has(`${schema}.${name}`) ?? true);

type Named = readonly { readonly name: string }[];

function refuseMissing(
  choice: Choice,
  known: Readonly<Record<'tables' | 'collections' | 'views', Named>>,
): void {
  for (const what of ['tables', 'collections', 'views'] as const) {
    const missing = choice[what]?.find((name) => !known[what].some((entry) => entry.name === name));
    if (missing !== undefined)
      throw problem('not_found', `There is no ${what.replace(/s$/, '')} "${missing}".`);
  }
  const relations = [...known.tables, ...known.views];
  const taken = known.views.find((view) => relations.filter(({ name }) => name === view.name).length > 1);
  if (taken) {
    throw problem('bad_input', `A query and a table or view are both called "${taken.name}".`, {
      hint: 'Rename the query: there it would be a view of this name.',
    });
  }
}

type Stored = Pick<PromotedObject, 'name' | 'schema' | 'key' | 'version'> & {
  readonly kind: 'table' | 'collection';
  /** The table that it is or is made from, and for a collection the columns that it holds. */
  readonly table: string;
  readonly holds: readonly string[] | undefined;
  /** How many rows the catalog knows of; collections are counted. */
  readonly known?: number;
};

async function storedObject(
  database: Database,
  { table, holds, known, ...object }: Stored,
  target: GoingSettings,
  deciding: Deciding,
  made: ReadonlyMap<string, MadeThere>,
): Promise<PromotedObject> {
  const from = ident(object.schema, object.name);
  const settings: TargetTable = target.tables?.[table] ?? {};
  const columns = userColumns(await database.describe(sql`select * from ${from}`));
  const { rows, bytes } = await database.one<{ rows: number; bytes: number }>(sql`
    select ${known === undefined ? sql`(select count(*) from ${from})` : sql`${known}`}::float8 as rows,
      pg_table_size(to_regclass(format('%I.%I', ${object.schema}::text, ${object.name}::text)))::float8 as bytes`);
  refuseOwnTypes(object.name, columns);
  const decided = decide({ ...object, table, holds, columns }, settings.private ?? {}, deciding);
  const isTable = object.kind === 'table';
  const { mode = 'replace', key = [], made: way } = isTable ? settings : {};
  const own = isTable ? await ownIndexes(database, object.name) : { keys: [], indexes: [] };
  return {
    ...{
      ...object,
      ...decided,
      source: table,
      rows,
      bytes: isTable && made.has(object.name) ? 0 : bytes,
      mode,
      by: mode === 'append' ? [] : key,
    },
    to: schemaOn(target.schema, object.kind),
    form: way === 'view' || way === 'materialized view' ? way : 'table',
    made: isTable ? made.get(object.name) : undefined,
    newKeys: own.keys,
    ownIndexes: own.indexes,
    refers: [],
    partition:
      isTable && target.kind === 'postgres'
        ? partitionOf(object.name, decided.columns, settings, way)
        : undefined,
    indexes: isTable ? [] : await collectionIndexes(database, object.name),
    stays: undefined,
  };
}
