import type { Collection, IndexKind } from '../../../../shared/contract/search.ts';
import { problem } from '../../../../shared/problem.ts';
import { type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';

/** A collection as the catalog knows it: without what has to be counted. */
export interface CollectionRecord
  extends Omit<
    Collection,
    'documents' | 'stale' | 'gone' | 'outdated' | 'uncounted' | 'index' | 'modelProblem'
  > {
  /** The index that was chosen; null where the size decides. */
  readonly indexKind: IndexKind | null;
}

const record = sql`
  select name, table_name as "table", text_columns as "textColumns", metadata_columns as "metadataColumns", template, cut, vector_column as "vectorColumn", model, model_version as "modelVersion", normalised, dimensions, index_kind as "indexKind",
    to_json(updated_at)#>>'{}' as "updatedAt", to_json(paused_at)#>>'{}' as "pausedAt"
  from assay.collections`;

/** Every collection, by name. */
export const allCollections = (session: Session) =>
  session.query<CollectionRecord>(sql`${record} order by name`);

export const maybeCollection = (session: Session, name: string) =>
  session.maybeOne<CollectionRecord>(sql`${record} where name = ${name}`);

/** The collection by this name, or the only one where none is named. */
export async function chosenCollection(
  session: Session,
  name: string | undefined,
): Promise<CollectionRecord> {
  const all = await allCollections(session);
  const found = name === undefined ? only(all) : all.find((one) => one.name === name);
  if (found) return found;
  const listed = all.map((one) => one.name).join(', ');
  const hint = listed
    ? `Collections here: ${listed}.`
    : 'Embed the text of a table first: assay embed TABLE --columns COLUMN.';
  if (name !== undefined) throw problem('not_found', `There is no collection "${name}".`, { hint });
  if (all.length === 0) throw problem('not_found', 'There is nothing to search in yet.', { hint });
  throw problem('bad_input', 'There are several collections: name the one to search in.', { hint });
}

const only = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

/** Keeps in mind that a person paused here, also over a restart; nothing where the collection is complete. */
export const keepPaused = (session: Session, collection: string) =>
  session.run(
    sql`update assay.collections set paused_at = now() where name = ${collection} and table_version = ${unfinished}`,
  );

/** The table's version of a collection that is not complete yet. */
export const unfinished = sql`0`;

/** Writes a collection's record; `version` is the table's version that all its documents are of. A complete one is paused no more. */
export async function saveCollection(
  session: Session,
  record: Omit<CollectionRecord, 'updatedAt' | 'pausedAt' | 'indexKind'>,
  version: Sql,
): Promise<void> {
  const {
    name,
    table,
    textColumns,
    metadataColumns,
    template,
    cut,
    vectorColumn,
    model,
    modelVersion,
    normalised,
    dimensions,
  } = record;
  await session.run(sql`
    insert into assay.collections as c
      (name, table_name, text_columns, metadata_columns, template, cut, vector_column, model, model_version, normalised, dimensions,
        table_version)
    values (${name}, ${table}, ${textArray(textColumns)}, ${textArray(metadataColumns)}, ${template},
      ${cut === null ? null : JSON.stringify(cut)}::jsonb, ${vectorColumn}, ${model}, ${modelVersion}, ${normalised}, ${dimensions}, ${version})
    on conflict (name) do update set text_columns = excluded.text_columns, metadata_columns = excluded.metadata_columns,
      template = excluded.template, cut = excluded.cut, vector_column = excluded.vector_column, model = excluded.model, model_version = excluded.model_version,
      normalised = excluded.normalised, dimensions = excluded.dimensions, table_version = excluded.table_version, updated_at = now(),
      paused_at = case when excluded.table_version = ${unfinished} then c.paused_at end`);
}

const textArray = (texts: readonly string[]): Sql =>
  sql`array(select json_array_elements_text(${JSON.stringify(texts)}::json))`;
