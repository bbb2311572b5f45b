import { rowColumn } from '../../../../shared/column.ts';
import { join, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import type { ModelDescription } from '../model/model-files.ts';
import { pendingVectors } from './collect-vectors.ts';
import type { CollectionRecord } from './collections.ts';
import { pendingTexts } from './source-texts.ts';

/** How many rows of its table a collection lacks or has with another text; none where the table is gone. */
export async function staleRows(
  session: Session,
  collection: CollectionRecord,
  model: Pick<ModelDescription, 'id' | 'version'>,
): Promise<number> {
  const { vectorColumn, textColumns } = collection;
  const wanted = [rowColumn, ...textColumns, ...(vectorColumn === null ? [] : [vectorColumn])];
  const there = await session.query(sql`
    select 1 from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relname = ${collection.table} and c.relnamespace = 'public'::regnamespace and not a.attisdropped
      and a.attname in (${join(wanted)})`);
  if (there.length < wanted.length) return 0;
  const source = { ...collection, metadataColumns: [] };
  const pending =
    vectorColumn === null
      ? pendingTexts(source, collection.name, model)
      : pendingVectors({ ...source, vectorColumn }, collection.name);
  const { n } = await session.one<{ n: number }>(sql`select count(*)::int as n from (${pending}) as pending`);
  return n;
}
