import type { SearchHit } from '../../../../shared/contract/search.ts';
import { type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { exactMetadata } from '../collections/exact-metadata.ts';
import { headlineOf, rangesOf } from './marked.ts';
import { among, type Fused } from './ranking.ts';
import { anyOf, type Words } from './words.ts';

interface Row extends Omit<SearchHit, 'score' | 'scores' | 'places' | 'marks'> {
  readonly meaning: number | null;
  readonly headline: string;
}

/** The chosen documents as they are shown, in their order. */
export async function readHits(
  session: Session,
  documents: Sql,
  chosen: readonly Fused[],
  words: Words,
  vector: Sql | undefined,
): Promise<SearchHit[]> {
  if (chosen.length === 0) return [];
  const meaning = vector ? sql`nullif(1 - (embedding <=> ${vector}), 'NaN')` : sql`null::float8`;
  const rows = await session.query<Row>(sql`
    select id, document_id as "documentId", source_row as "row", part, content, ${exactMetadata(sql`metadata`)} as metadata, ${meaning} as meaning,
      ${headlineOf(sql`content`, anyOf(words))} as headline
    from ${documents} where ${among(chosen)}`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return chosen.flatMap(({ id, score, places, wordScore }) => {
    const row = byId.get(id);
    if (!row) return [];
    const { meaning, headline, ...document } = row;
    return [{ ...document, score, scores: { meaning, words: wordScore }, places, marks: rangesOf(headline) }];
  });
}
