import type { Database } from '../../electron/engine/database/database.ts';
import {
  createDocuments,
  documentsOf,
  indexDocuments,
} from '../../electron/engine/search/collections/collection-table.ts';
import { saveCollection } from '../../electron/engine/search/collections/collections.ts';
import { copyVectors } from '../../electron/engine/search/index/vector-copy.ts';
import { ident, sql, typeName } from '../../shared/sql.ts';

const piece = 5000;

/** A collection of vectors that no model made; the metadata `p` counts from 0 to 99 again and again, `far` is the first one only. */
export async function makeVectorCollection(
  database: Database,
  name: string,
  count: number,
  next: () => Float32Array,
): Promise<void> {
  const dimensions = next().length;
  await createDocuments(database, name, dimensions);
  const made = {
    name,
    table: name,
    textColumns: ['body'],
    metadataColumns: ['p'],
    model: 'made',
    modelVersion: '1',
    normalised: null,
    template: null,
    cut: null,
    vectorColumn: null,
    dimensions,
  };
  await saveCollection(database, made, sql`0`);
  const loading = ident('public', `${name} loading`);
  await database.run(
    sql`create table ${loading} (ordinal bigint, embedding ${typeName(`vector(${dimensions})`)})`,
  );
  for (let first = 0; first < count; first += piece) {
    const vectors = Array.from({ length: Math.min(piece, count - first) }, next);
    await copyVectors(database, loading, first, vectors);
  }
  await database.run(sql`
    insert into ${documentsOf(name)}
      (document_id, content, embedding, metadata, model, model_version, content_hash, source_row, source_hash)
    select ordinal::text, 'text ' || ordinal, embedding, jsonb_build_object('p', ordinal % 100, 'first', ordinal = 0),
      'made', '1', ordinal::text, ordinal, ordinal::text
    from ${loading} as l order by l.ordinal`);
  await database.run(sql`drop table ${loading}`);
  await indexDocuments(database, name);
  await database.run(sql`analyze ${documentsOf(name)}`);
}
