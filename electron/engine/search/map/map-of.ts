import type { CollectionMap, MapTopic } from '../../../../shared/contract/search-map.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { documentsOf } from '../collections/collection-table.ts';

/** The map of a collection; null where none was made. */
export async function mapOf(session: Session, collection: string): Promise<CollectionMap | null> {
  const made = await session.maybeOne<{ madeAt: string }>(
    sql`select to_json(made_at)#>>'{}' as "madeAt" from assay.maps where collection = ${collection}`,
  );
  if (!made) return null;
  const documents = documentsOf(collection);
  const counts = await session.one<{ placed: number; waiting: number }>(sql`
    select count(p.document)::int as placed, (count(*) filter (where p.document is null and vector_norm(d.embedding) > 0))::int as waiting
    from ${documents} as d
    left join (select document from assay.map_points where collection = ${collection}) as p on p.document = d.id`);
  const topics = await session.query<MapTopic>(sql`
    select t.topic, t.label, t.words, t.x, t.y, coalesce(p.n, 0)::int as documents
    from assay.map_topics as t
    left join (
      select topic, count(*) as n from assay.map_points as p join ${documents} as d on d.id = p.document
      where p.collection = ${collection} group by topic) as p using (topic)
    where t.collection = ${collection} order by documents desc, t.topic`);
  return { ...made, ...counts, topics };
}
