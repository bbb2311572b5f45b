import { counted } from '../../../../shared/number-words.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, type Sql, sql } from '../../../../shared/sql.ts';
import type { Database, Session } from '../../database/database.ts';
import { documentsOf } from '../collections/collection-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import { writing } from '../collections/write-column.ts';
import type { Narrowed } from '../find/ranking.ts';
import { noteLearnt } from '../labels/learnt-column.ts';
import { within } from './documents-in.ts';

/** Writes the topic of each row into a column of the collection's table; the first part of a long text counts. */
export function writeTopics(
  database: Database,
  record: CollectionRecord,
  column: string,
  replace: boolean,
): Promise<{ readonly rows: number }> {
  const { name, table } = record;
  return writing(database, { table, column, type: 'text', replace }, async (session, target) => {
    await noteLearnt(session, record, column);
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

/** What is written into which column; whether other values that rows have there may be lost. */
export interface Label {
  readonly column: string;
  readonly value: string;
  readonly replace: boolean;
}

/** Writes one label into a column for the rows of a place; an empty label is null. */
export async function labelDocuments(
  database: Database,
  { table }: CollectionRecord,
  place: Narrowed,
  { column, value, replace }: Label,
): Promise<{ readonly rows: number }> {
  const rows = JSON.stringify(await database.reading({}, (session) => rowsIn(session, place)));
  return writing(database, { table, column, type: 'text', replace: true }, async (session, target) => {
    const labelled = sql`t.${target} is distinct from nullif(${value}, '')
      and t._row in (select json_array_elements_text(${rows}::json)::bigint)`;
    if (!replace) await refuseLoss(session, { table, column }, sql`t.${target} is not null and ${labelled}`);
    return session.run(sql`
      update ${ident('public', table)} as t set ${target} = nullif(${value}, '') where ${labelled}`);
  });
}

/** What rows have in a column is lost only where that was said. */
async function refuseLoss(
  session: Session,
  at: { readonly table: string; readonly column: string },
  lost: Sql,
): Promise<void> {
  const { n } = await session.one<{ n: number }>(
    sql`select count(*)::int as n from ${ident('public', at.table)} as t where ${lost}`,
  );
  if (n === 0) return;
  throw problem(
    'bad_input',
    `${counted(n, 'row')} of "${at.table}" ${n === 1 ? 'has' : 'have'} another value in "${at.column}" already; nothing was written.`,
    { hint: 'Choose another name, or say that it may be replaced.', at: { ...at, param: 'replace' } },
  );
}

/** Found before anything is written: a condition may only read. */
async function rowsIn(session: Session, place: Narrowed): Promise<readonly string[]> {
  const { rows } = await session.one<{ rows: readonly string[] }>(sql`
    select coalesce(json_agg(distinct source_row::text), '[]') as rows from ${place.documents} where ${within(place)}`);
  return rows;
}
