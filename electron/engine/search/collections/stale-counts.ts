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

/** What was counted of collections: comparing all texts of a table is done once while neither it nor the collection changes. */
export class StaleCounts {
  readonly #kept = new Map<string, { readonly counts: Counts; readonly of: string }>();
  #embeddings = 0;

  /** Documents changed, or may have. */
  forget(): void {
    this.#embeddings += 1;
    this.#kept.clear();
  }

  /** How many documents a collection has, and how it differs from its table. */
  async of(
    session: Session,
    record: CollectionRecord,
    model: Pick<ModelDescription, 'id' | 'version'>,
  ): Promise<Counts> {
    const table = (await catalogTables(session)).find(({ name }) => name === record.table);
    const of = JSON.stringify([table?.state, table?.mark, record, model.id, model.version]);
    const kept = this.#kept.get(record.name);
    if (kept?.of === of) return kept.counts;
    const began = this.#embeddings;
    const { n: documents } = await session.one<{ n: number }>(
      sql`select count(*)::int as n from ${documentsOf(record.name)}`,
    );
    const counted = { documents, ...(await staleRows(session, record, model)) };
    if (began === this.#embeddings) this.#kept.set(record.name, { counts: counted, of });
    return counted;
  }
}
