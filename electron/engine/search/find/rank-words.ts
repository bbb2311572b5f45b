import { ident, sql, toText } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { bm25Index, wordsOf } from '../collections/collection-table.ts';
import { type Narrowed, passing, type Ranked } from './ranking.ts';
import { anyOf, bagOf, beginningsOf, type Words, whereAll } from './words.ts';

/** So many words may stand for one beginning of a word. */
const mostExpanded = 64;

/** The documents that have the words, best first: by BM25, or by PostgreSQL's text rank where that index is not there. */
export async function rankByWords(
  session: Session,
  narrowed: Narrowed,
  words: Words,
  most: number,
): Promise<{ readonly ranked: readonly Ranked[]; readonly by: 'bm25' | 'full text' }> {
  if (words.any.length + words.phrases.length + words.prefixes.length === 0)
    return { ranked: [], by: 'bm25' };
  const { collection, documents } = narrowed;
  const conditions = passing(narrowed);
  const vector = wordsOf(sql`content`);
  const index = await bm25Index(session, collection);
  if (index === undefined) {
    const where = whereAll([...conditions, sql`${vector} @@ ${anyOf(words)}`]);
    const ranked = await session.query<Ranked>(sql`
      select id, ts_rank_cd(${vector}, ${anyOf(words)}, 1)::float8 as score from ${documents}${where}
      order by score desc, id limit ${most}`);
    return { ranked, by: 'full text' };
  }
  const expanded = words.prefixes.length > 0 ? await expansions(session, documents, words) : [];
  const question = sql`content <@> to_bm25query(${bagOf(words, expanded)}, ${toText(ident('collections', index))})`;
  const where = whereAll(conditions);
  const ranked = await session.query<Ranked>(sql`
    select id, -score as score from (
      select id, ${question} as score from ${documents}${where} order by ${question} limit ${most}
    ) as found where found.score < 0 order by found.score, id`);
  return { ranked, by: 'bm25' };
}

/** The words of the collection that begin so, most frequent first: BM25 knows whole words only. */
async function expansions(session: Session, documents: Narrowed['documents'], words: Words) {
  const query = beginningsOf(words);
  const found = await session.query<{ lexeme: string }>(sql`
    select lexeme from (select ${wordsOf(sql`content`)} as words from ${documents} where ${wordsOf(sql`content`)} @@ ${query}) as d,
      unnest(d.words) as w
    where array_to_tsvector(array[lexeme]) @@ ${query} group by lexeme order by count(*) desc, lexeme limit ${mostExpanded}`);
  return found.map(({ lexeme }) => lexeme);
}
