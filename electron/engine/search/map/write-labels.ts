import { problem } from '../../../../shared/problem.ts';
import { ident, type Sql, sql } from '../../../../shared/sql.ts';
import type { Database, Session } from '../../database/database.ts';
import { knownTable } from '../../database/known-table.ts';
import { forgetUndo } from '../../query/undo-write.ts';
import { reconcileTables } from '../../tables/reconcile.ts';
import { snapshotTables } from '../../tables/table-snapshot.ts';
import { documentsOf } from '../collection-table.ts';
import type { CollectionRecord } from '../collections.ts';
import type { Narrowed } from '../ranking.ts';
import { within } from './documents-in.ts';

/** Writes the topic of each row into a column of the collection's table; the first part of a long text counts. */
export function writeTopics(
  database: Database,
  { name, table }: CollectionRecord,
  column: string,
  replace: boolean,
): Promise<{ readonly rows: number }> {
  return writing(database, table, column, replace, (session, target) =>
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
  return writing(database, table, column, true, (session, target) =>
    session.run(sql`
      update ${ident('public', table)} as t set ${target} = nullif(${label}, '')
      where t.${target} is distinct from nullif(${label}, '')
        and t._row in (select source_row from ${place.documents} where ${within(place)})`),
  );
}

/** One column of a table is written: all of it or nothing, and the catalog knows. */
function writing(
  database: Database,
  table: string,
  column: string,
  replace: boolean,
  write: (session: Session, target: Sql) => Promise<number>,
): Promise<{ readonly rows: number }> {
  return database.transaction({ title: `Writing ${column} of ${table}` }, async (session) => {
    const before = await snapshotTables(session);
    await makeColumn(session, table, column, replace);
    const rows = await write(session, ident(column));
    await reconcileTables(session, before);
    await forgetUndo(session);
    return { rows };
  });
}

async function makeColumn(session: Session, table: string, column: string, replace: boolean): Promise<void> {
  const { columns } = await knownTable(session, table);
  const there = columns.find(({ name }) => name === column);
  if (!there) {
    await session.run(sql`alter table ${ident('public', table)} add column ${ident(column)} text`);
    return;
  }
  const at = { table, column };
  if (there.type !== 'text') {
    throw problem(
      'bad_input',
      `Column "${column}" of "${table}" is of type ${there.type}: a label is text.`,
      {
        hint: 'Choose another name.',
        at,
      },
    );
  }
  if (replace) return;
  throw problem('bad_input', `"${table}" has a column "${column}" already; it was not written.`, {
    hint: 'Choose another name, or say that it may be replaced.',
    at,
  });
}
