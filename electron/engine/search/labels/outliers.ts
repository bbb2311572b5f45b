import type { Outliers } from '../../../../shared/contract/search.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import { documentsOf } from '../collections/collection-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import { writing } from '../collections/write-column.ts';
import { documentsOfPoints } from '../map/documents-in.ts';
import { inMapThread } from '../map/map-thread.ts';
import { readVectors } from '../map/read-vectors.ts';
import { noteLearnt } from './learnt-column.ts';

/** The documents that are least like any others. */
export async function outliers(
  database: Database,
  record: CollectionRecord,
  { nearest, limit }: { readonly nearest: number; readonly limit: number },
  signal: AbortSignal,
): Promise<Outliers> {
  const { ids, near } = await nearness(database, record, nearest, signal);
  const order = Array.from(near.keys()).sort((one, other) => (near[one] as number) - (near[other] as number));
  const first = order.slice(0, limit);
  const documents = await documentsOfPoints(
    database,
    record.name,
    first.map((at) => ids[at] as number),
  );
  return {
    documents: documents.map((document, place) => ({
      ...document,
      similarity: near[first[place] as number] as number,
    })),
    usual: near[order[order.length >> 1] as number] as number,
    nearest,
    measured: ids.length,
  };
}

/** Writes how like others each row is into a column; the part of a long text that is most unlike counts. */
export async function writeNearness(
  database: Database,
  record: CollectionRecord,
  {
    column,
    replace,
    nearest,
  }: { readonly column: string; readonly replace: boolean; readonly nearest: number },
  signal: AbortSignal,
): Promise<{ readonly rows: number }> {
  const { ids, near } = await nearness(database, record, nearest, signal);
  const { table, name } = record;
  const found = JSON.stringify(ids.map((id, at) => ({ id, near: near[at] })));
  return writing(database, { table, column, type: 'double precision', replace }, async (session, target) => {
    await noteLearnt(session, record, column);
    return session.run(sql`
      update ${ident('public', table)} as t set ${target} = l.near
      from (
        select d.source_row, min(n.near) as near from ${documentsOf(name)} as d
        join jsonb_to_recordset(${found}::jsonb) as n(id bigint, near float8) on n.id = d.id group by d.source_row) as l
      where l.source_row = t._row and t.${target} is distinct from l.near`);
  });
}

async function nearness(
  database: Database,
  { name, dimensions }: CollectionRecord,
  nearest: number,
  signal: AbortSignal,
) {
  const { ids, vectors } = await readVectors(database, documentsOf(name), dimensions, signal);
  if (ids.length <= nearest) {
    throw problem(
      'bad_input',
      `"${name}" has ${ids.length} documents: too few to compare each with ${nearest}.`,
      {
        hint: 'Embed more rows.',
      },
    );
  }
  const near = await inMapThread(signal, (map) => map.nearnessToOthers({ vectors, dimensions, nearest }));
  return { ids, near };
}
