import { ident, sql } from '../../../../shared/sql.ts';
import { addMade } from '../../checks/remembered-privacy.ts';
import type { Database, Session } from '../../database/database.ts';
import { documentsOf } from '../collections/collection-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import { writing } from '../collections/write-column.ts';
import type { Narrowed } from '../find/ranking.ts';
import { within } from './documents-in.ts';

/** Writes the topic of each row into a column of the collection's table; the first part of a long text counts. */
export function writeTopics(
  database: Database,
  { name, table, textColumns }: CollectionRecord,
  column: string,
  replace: boolean,
): Promise<{ readonly rows: number }> {
  return writing(database, { table, column, type: 'text', replace }, async (session, target) => {
    // Topics are called by words of the texts: private where these are.
    await addMade(
      session,
      textColumns.map((from) => ({ table, column, from: { table, column: from } })),
    );
    return session.run(sql`
      update ${ident('public', table)} as t set ${target} = l.label
      from (
        select distinct on (d.source_row) d.source_row, k.label
        from ${documentsOf(name)} as d
        left join (select * from assay.map_points where collection = ${name}) as p on p.document = d.id
        left join (select * from assay.map_topics where collection = ${name}) as k on k.topic = p.topic
        order by d.source_row, d.part) as l
      where l.source_row = t._row and t.${target} is distinct from l.label`);
  });
}

/** Writes one label into a column for the rows of a place; an empty label is null. */
export async function labelDocuments(
  database: Database,
  { table }: CollectionRecord,
  place: Narrowed,
  column: string,
  label: string,
): Promise<{ readonly rows: number }> {
  const rows = JSON.stringify(await database.reading({}, (session) => rowsIn(session, place)));
  return writing(database, { table, column, type: 'text', replace: true }, (session, target) =>
    session.run(sql`
      update ${ident('public', table)} as t set ${target} = nullif(${label}, '')
      where t.${target} is distinct from nullif(${label}, '')
        and t._row in (select json_array_elements_text(${rows}::json)::bigint)`),
  );
}

/** Found before anything is written: a condition may only read. */
async function rowsIn(session: Session, place: Narrowed): Promise<readonly string[]> {
  const { rows } = await session.one<{ rows: readonly string[] }>(sql`
    select coalesce(json_agg(distinct source_row::text), '[]') as rows from ${place.documents} where ${within(place)}`);
  return rows;
}
