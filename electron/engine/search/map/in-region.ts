import type { Corner } from '../../../../shared/inside-polygon.ts';
import { type Sql, sql } from '../../../../shared/sql.ts';

/** A condition on documents: they lie inside a polygon on the collection's map. */
export function inRegion(collection: string, region: readonly Corner[]): Sql {
  const polygon = `(${region.map(([x, y]) => `(${x},${y})`).join(',')})`;
  return sql`id in (
    select document from assay.map_points where collection = ${collection} and point(x, y) <@ ${polygon}::polygon)`;
}

/** A condition on documents: they belong to a topic of the collection's map. */
export const ofTopic = (collection: string, topic: number): Sql =>
  sql`id in (select document from assay.map_points where collection = ${collection} and topic = ${topic})`;
