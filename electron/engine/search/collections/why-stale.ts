import { counted } from '../../../../shared/number-words.ts';
import type { Context } from '../../context.ts';
import type { Database } from '../../database/database.ts';
import type { Models } from '../model/models.ts';
import { type CollectionRecord, maybeCollection } from './collections.ts';
import { modelNow } from './listing-calls.ts';
import { staleCounts } from './stale-counts.ts';
import { missingColumns } from './stale-rows.ts';

/** Tells why a collection's vectors are not those of its table's rows as they are now; what rows are judged by has to be theirs. */
export const whyStale =
  (database: Database, models: Models): Context['whyStale'] =>
  async (name, signal) => {
    const record = await maybeCollection(database, name);
    if (!record) return undefined;
    const { model } = await modelNow(models, record);
    const title = `Comparing texts of ${name}`;
    return database.use({ title, priority: 'background', signal }, async (session) => {
      const missing = await missingColumns(session, record);
      if (missing.length > 0) return withoutColumns(record, missing);
      const { stale, emptied } = await staleCounts(session, record, model);
      return differing(record, stale + emptied);
    });
  };

const withoutColumns = ({ name, table }: CollectionRecord, missing: readonly string[]) =>
  `The collection "${name}" is made of ${missing.map((column) => `\`${column}\``).join(', ')}, which "${table}" has no more: embed it of other columns, then run this again.`;

function differing({ name }: CollectionRecord, rows: number): string | undefined {
  if (rows === 0) return undefined;
  const are = `${counted(rows, 'row')} ${rows === 1 ? 'is' : 'are'}`;
  return `${are} new or changed since "${name}" was embedded, so vectors do not stand for the rows: embed it (Embed in Search, or assay embed), then run this again.`;
}
