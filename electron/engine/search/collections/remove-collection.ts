import { sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import { documentsOf } from './collection-table.ts';
import { chosenCollection } from './collections.ts';

/** Removes a collection with its documents, its judgements and its map; its table stays. */
export async function removeCollection(database: Database, collection: string): Promise<void> {
  await database.transaction({ title: `Removing ${collection}` }, async (session) => {
    const { name } = await chosenCollection(session, collection);
    await session.run(sql`drop table if exists ${documentsOf(name)}`);
    await session.run(sql`delete from assay.collections where name = ${name}`);
  });
}
