import { sql } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database } from '../../database/database.ts';
import { documentsOf } from '../collections/collection-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import { joining } from '../map/joining.ts';
import { inMapThread } from '../map/map-thread.ts';
import { readVectors } from '../map/read-vectors.ts';

/** Documents, and for each a number that those who belong together share. */
export interface Grouped {
  readonly ids: readonly number[];
  readonly hashes: readonly string[];
  readonly groups: Int32Array;
}

interface Listed {
  readonly id: number;
  readonly row: number;
  readonly hash: string;
}

/** Which documents belong together: parts of one row, equal texts, and near duplicates. */
export async function groupsOf(
  database: Database,
  { name, dimensions }: CollectionRecord,
  near: number,
  { signal, progress }: CallContext,
): Promise<Grouped> {
  progress({ title: `Comparing ${name}`, done: 0, unit: 'rows' });
  const documents = documentsOf(name);
  const listed = await database.query<Listed>(
    sql`select id, source_row as row, content_hash as hash from ${documents} order by id`,
  );
  const { ids, vectors } = await readVectors(database, documents, dimensions, signal);
  const pairs = await inMapThread(signal, (map) => map.nearPairs({ vectors, dimensions, near }));
  const at = new Map(listed.map(({ id }, place) => [id, place]));
  const groups = joining(listed.length);
  for (let pair = 0; pair < pairs.length; pair += 2) {
    groups.join(
      at.get(ids[pairs[pair] as number] as number) as number,
      at.get(ids[pairs[pair + 1] as number] as number) as number,
    );
  }
  for (const key of ['row', 'hash'] as const) joinEqual(listed, key, groups.join);
  return {
    ids: listed.map(({ id }) => id),
    hashes: listed.map(({ hash }) => hash),
    groups: Int32Array.from(listed, (_, place) => groups.root(place)),
  };
}

function joinEqual(
  listed: readonly Listed[],
  key: 'row' | 'hash',
  join: (one: number, other: number) => void,
): void {
  const first = new Map<number | string, number>();
  listed.forEach((document, place) => {
    const before = first.get(document[key]);
    if (before === undefined) first.set(document[key], place);
    else join(place, before);
  });
}
