import { join as joinPath, resolve } from 'node:path';
import type { ExportedCollection } from '../../../../shared/contract/search-answers.ts';
import type { ExportFormat } from '../../../../shared/contract/tables.ts';
import { type Sql, sql } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database } from '../../database/database.ts';
import { rowWriters } from '../../tables/export/row-writers.ts';
import { makeFolder } from '../../tables/export-csv.ts';
import { wholeFile } from '../../workspace/whole-file.ts';
import { documentsOf } from '../collections/collection-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import { groupsOf } from './groups.ts';
import { type Part, type Shares, splitOf } from './split.ts';

/** Documents a page. */
const pageRows = 2000;

/** What is written, and how it is split. */
export interface Exporting {
  readonly folder: string;
  readonly format: ExportFormat;
  readonly shares: Shares;
  /** Documents of this cosine similarity or more are near duplicates. */
  readonly near: number;
}

/**
 * Writes a collection as one file: parts of texts with their vectors, where they came from, and a split for training
 * that keeps near duplicates, and the parts of one text, on one side. The file appears whole or not at all.
 */
export async function exportCollection(
  database: Database,
  collection: CollectionRecord,
  { folder, format, shares, near }: Exporting,
  call: CallContext,
): Promise<Omit<ExportedCollection, 'private'>> {
  await makeFolder(folder);
  const { ids, hashes, groups } = await groupsOf(database, collection, near, call);
  const parts = splitOf(groups, hashes, shares);
  const file = joinPath(resolve(folder), `${collection.name}.${format}`);
  const page = (first: number) => {
    const of = ids.slice(first, first + pageRows).map((id, at) => ({ id, split: parts[first + at] as Part }));
    return pageOf(collection, format, of);
  };
  await wholeFile(file, async (half) => {
    const writer = await rowWriters[format](half, await database.describe(page(0)), call.signal);
    try {
      for (let first = 0; first < ids.length; first += pageRows) {
        call.signal.throwIfAborted();
        call.progress({
          title: `Exporting ${collection.name}`,
          done: first,
          total: ids.length,
          unit: 'rows',
        });
        const { bytes } = await database.use({ priority: 'background', reads: true }, (session) =>
          session.rows(page(first)),
        );
        await writer.add(bytes);
      }
      await writer.end();
    } catch (thrown) {
      await writer.drop().catch(() => {});
      throw thrown;
    }
  });
  const count = (part: Part) => parts.filter((of) => of === part).length;
  return {
    file,
    rows: ids.length,
    groups: new Set(groups).size,
    split: { train: count('train'), validation: count('validation'), test: count('test') },
  };
}

/** Documents with where they came from; JSON has lists of numbers, and other formats a vector. */
function pageOf(
  { name, table }: CollectionRecord,
  format: ExportFormat,
  of: readonly { readonly id: number; readonly split: Part }[],
): Sql {
  const embedding = format === 'jsonl' ? sql`d.embedding::text::json` : sql`d.embedding`;
  return sql`
    select d.document_id, d.content, ${embedding} as embedding, d.metadata, ${table}::text as source_table, d.source_row,
      d.part, d.parts, d.model, d.model_version, d.content_hash, s.split
    from json_to_recordset(${JSON.stringify(of)}::json) as s (id bigint, split text)
    join ${documentsOf(name)} as d on d.id = s.id order by d.id`;
}
