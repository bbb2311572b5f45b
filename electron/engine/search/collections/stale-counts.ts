import { createHash } from 'node:crypto';
import { sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { catalogTables } from '../../database/known-table.ts';
import type { ModelDescription } from '../model/model-files.ts';
import { documentsOf } from './collection-table.ts';
import type { CollectionRecord } from './collections.ts';
import { type Staleness, staleRows } from './stale-rows.ts';

interface Counts extends Staleness {
  readonly documents: number;
}

/**
 * How many documents a collection has, and how it differs from its table. Comparing all texts of a table is done once while
 * neither it nor the collection changes, also over a restart: what was counted is kept.
 */
export async function staleCounts(
  session: Session,
  record: CollectionRecord,
  model: Pick<ModelDescription, 'id' | 'version'>,
): Promise<Counts> {
  const { name } = record;
  const of = await stateOf(session, record, model);
  const kept = await session.maybeOne<{ counts: Counts }>(sql`
    select counted->'counts' as counts from assay.collections where name = ${name} and counted->>'of' = ${of}`);
  if (kept) return kept.counts;
  const counts = {
    documents: await documentCount(session, name),
    ...(await staleRows(session, record, model)),
  };
  // Where it cannot be kept, on a full disk say, it is counted again.
  await session
    .run(
      sql`update assay.collections set counted = ${JSON.stringify({ of, counts })}::jsonb where name = ${name}`,
    )
    .catch(() => {});
  return counts;
}

/** How many documents a collection has. */
export async function documentCount(session: Session, name: string): Promise<number> {
  const { n } = await session.one<{ n: number }>(sql`select count(*)::int as n from ${documentsOf(name)}`);
  return n;
}

/** What is counted: counts kept by an earlier version have no `emptied`, or pass over columns that are gone. */
const counted = 'stale, gone, emptied, outdated, columns';

/** Differs when the table, the collection or its model changed. */
async function stateOf(
  session: Session,
  record: CollectionRecord,
  { id, version }: Pick<ModelDescription, 'id' | 'version'>,
): Promise<string> {
  const table = (await catalogTables(session)).find(({ name }) => name === record.table);
  // A document that is new or changed has the highest id; the end of a run, which removes some, changes the record.
  const { last } = await session.one<{ last: number | null }>(
    sql`select max(id)::float8 as last from ${documentsOf(record.name)}`,
  );
  const state = [counted, table?.state, table?.mark, record, id, version, last];
  return createHash('sha256').update(JSON.stringify(state)).digest('hex');
}
