import type { MapDocument } from '../../../../shared/contract/search-map.ts';
import { join, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { documentsOf } from '../collections/collection-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import { exactMetadata } from '../collections/exact-metadata.ts';
import { type FindRequest, narrowedBy } from '../find/find.ts';
import type { Narrowed } from '../find/ranking.ts';

/** A place on a map, under filters. */
export type Place = Pick<FindRequest, 'region' | 'topic' | 'filter' | 'where'>;

/** The documents of a place. */
export const placeOn = (record: CollectionRecord, place: Place): Narrowed =>
  narrowedBy(record, { ...place, like: { plus: [], minus: [] } });

/** What must hold of a document to be there. */
export const within = ({ conditions }: Narrowed) =>
  conditions.length > 0 ? sql`(${join(conditions, sql`) and (`)})` : sql`true`;

const shown = sql`d.id, d.document_id as "documentId", d.source_row as "row", d.part, d.content, ${exactMetadata(sql`d.metadata`)} as metadata`;

/** Documents by the ids of their points, in that order. */
export const documentsOfPoints = (session: Session, collection: string, ids: readonly number[]) =>
  session.query<MapDocument>(sql`
    select ${shown} from json_array_elements_text(${JSON.stringify(ids)}::json) with ordinality as asked (id, place)
    join ${documentsOf(collection)} as d on d.id = asked.id::bigint order by asked.place`);

/** The first documents of a place, and how many there are. */
export async function documentsIn(session: Session, place: Narrowed, limit: number) {
  const from = sql`from ${place.documents} as d where ${within(place)}`;
  const { total } = await session.one<{ total: number }>(sql`select count(*)::int as total ${from}`);
  const documents = await session.query<MapDocument>(
    sql`select ${shown} ${from} order by d.source_row, d.part limit ${limit}`,
  );
  return { total, documents };
}
