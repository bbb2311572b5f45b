import type { Judgement } from '../../../../shared/contract/search.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';

/** What was said of a collection's documents, question by question. */
export const judgementsOf = (session: Session, collection: string): Promise<readonly Judgement[]> =>
  session.query<Judgement>(sql`
    select question, document_id as "documentId", relevance from assay.search_judgements
    where collection = ${collection} order by question, document_id`);

/** Keeps what is said of a document, or forgets it for null. */
export async function judge(
  session: Session,
  collection: string,
  { question, documentId, relevance }: Omit<Judgement, 'relevance'> & { readonly relevance: number | null },
): Promise<void> {
  if (relevance === null) {
    await session.run(sql`
      delete from assay.search_judgements
      where collection = ${collection} and question = ${question} and document_id = ${documentId}`);
    return;
  }
  await session.run(sql`
    insert into assay.search_judgements (collection, question, document_id, relevance)
    values (${collection}, ${question}, ${documentId}, ${relevance})
    on conflict (collection, question, document_id) do update set relevance = excluded.relevance, judged_at = now()`);
}
