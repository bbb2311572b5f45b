import type { Collection, IndexKind } from '../../../../shared/contract/search.ts';
import { counted } from '../../../../shared/number-words.ts';
import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Database, Session } from '../../database/database.ts';
import { documentsOf } from '../collections/collection-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import { remakeIndex, takes, usualKind, vectorIndex } from './vector-index.ts';

/** How a collection's vectors are looked through. */
export async function indexOf(
  session: Session,
  { name, indexKind }: CollectionRecord,
): Promise<Collection['index']> {
  const index = await vectorIndex(session, name);
  return { kind: index?.kind ?? 'exact', bytes: index?.bytes ?? 0, chosen: indexKind };
}

/** Makes the index that is wanted, or the usual one for null, anew; the old one stays when that is stopped. */
export async function setIndex(
  database: Database,
  record: CollectionRecord,
  kind: IndexKind | null,
  signal: AbortSignal,
): Promise<Collection['index'] & { readonly ms: number }> {
  const began = performance.now();
  const { name, dimensions } = record;
  if (kind !== null && !takes(kind, dimensions)) {
    throw problem(
      'bad_input',
      `"${name}" has vectors of ${counted(dimensions, 'dimension')}: ${kind} takes 2 to 2,000.`,
      {
        hint: 'Choose an index over bits, or none.',
      },
    );
  }
  const title = `Making the index of ${name}`;
  const index = await database.transaction({ title, priority: 'background', signal }, async (session) => {
    const { n } = await session.one<{ n: number }>(sql`select count(*)::int as n from ${documentsOf(name)}`);
    await remakeIndex(session, name, dimensions, kind ?? usualKind(n, dimensions));
    await session.run(sql`update assay.collections set index_kind = ${kind} where name = ${name}`);
    return indexOf(session, { ...record, indexKind: kind });
  });
  return { ...index, ms: performance.now() - began };
}
