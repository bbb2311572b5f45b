import { ident, sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import { documentsOf } from '../collections/collection-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import { writing } from '../collections/write-column.ts';
import type { Narrowed } from '../find/ranking.ts';
import { within } from './documents-in.ts';

/** Writes the topic of each row into a column of the collection's table; the first part of a long text counts. */
export function writeTopics(
  database: Database,
  { name, table }: CollectionRecord,
  column: string,
  replace: boolean,
): Promise<{ readonly rows: number }> {
  return writing(database, { table, column, type: 'text', replace }, (session, target) =>
    session.run(sql`
      update ${ident('public', table)} as t set ${target} = l.label
      from (
        select distinct on (d.source_row) d.source_row, k.label
        from ${documentsOf(name)} as d
        left join (select * from assay.map_points where collection = ${name}) as p on p.document = d.id
        left join (select * from assay.map_topics where collection = ${name}) as k on k.topic = p.topic
        order by d.source_row, d.part) as l
      where l.source_row = t._row and t.${target} is distinct from l.label`),
  );
}

/** Writes one label into a column for the rows of a place; an empty label is null. */
export function labelDocuments(
  database: Database,
  { table }: CollectionRecord,
  place: Narrowed,
  column: string,
  label: string,
): Promise<{ readonly rows: number }> {
  return writing(database, { table, column, type: 'text', replace: true }, (session, target) =>
    session.run(sql`
      update ${ident('public', table)} as t set ${target} = nullif(${label}, '')
      where t.${target} is distinct from nullif(${label}, '')
        and t._row in (select source_row from ${place.documents} where ${within(place)})`),
  );
}
