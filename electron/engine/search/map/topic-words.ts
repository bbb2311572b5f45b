import { join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';

/** So many documents of a topic say what it is about. */
const read = 400;
/** Of each document; what it is about stands at its beginning. */
const readCharacters = 2000;
const candidates = 30;
const wordsPerTopic = 6;
/** Words that say less are as frequent everywhere. */
const leastScore = 0.005;

/**
 * The words of each topic that are frequent there and rare elsewhere, best first: by their part in the relative entropy
 * of the topic against all topics, p × log(p / q). Source: Kullback and Leibler 1951. Documents are counted rather than
 * repetitions, so that one long text names no topic.
 * @param points the points with `document` and `topic`
 */
export async function topicWords(
  session: Session,
  documents: Sql,
  points: Sql,
  topics: number,
): Promise<readonly (readonly string[])[]> {
  const rows = await session.query<{ topic: number; content: string }>(sql`
    select topic, left(content, ${readCharacters}) as content
    from (
      select p.topic, d.content, row_number() over (partition by p.topic order by md5(d.id::text)) as place
      from ${points} as p join ${documents} as d on d.id = p.document where p.topic is not null) as numbered
    where place <= ${read}`);
  const counts = Array.from({ length: topics }, (): Counted => ({ documents: 0, words: new Map() }));
  for (const { topic, content } of rows) {
    const of = counts[topic] as Counted;
    of.documents++;
    for (const word of wordsIn(content)) of.words.set(word, (of.words.get(word) ?? 0) + 1);
  }
  const ranked = rankedWords(counts);
  const common = await stopWords(session, new Set(ranked.flat()));
  return ranked.map((words) => distinct(words.filter((word) => !common.has(word))).slice(0, wordsPerTopic));
}

/** How many documents of a topic have each word. */
interface Counted {
  documents: number;
  readonly words: Map<string, number>;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The words of a text, each once: no numbers, nothing of fewer than three letters in scripts that have them. */
function wordsIn(text: string): Set<string> {
  const words = [...segmenter.segment(text.toLowerCase())].filter(({ isWordLike }) => isWordLike);
  return new Set(
    words
      .map(({ segment }) => segment)
      .filter(
        (word) => /^[\p{L}\p{M}'’-]+$/u.test(word) && (word.length > 2 || /[^\p{Script=Latin}]/u.test(word)),
      ),
  );
}

function rankedWords(topics: readonly Counted[]): string[][] {
  const overall = new Map<string, number>();
  for (const { words } of topics)
    for (const [word, n] of words) overall.set(word, (overall.get(word) ?? 0) + n);
  const documents = topics.reduce((sum, topic) => sum + topic.documents, 0);
  return topics.map((topic) => {
    const score = (word: string, n: number) => {
      const here = n / topic.documents;
      return here * Math.log(here / ((overall.get(word) ?? n) / documents));
    };
    return [...topic.words]
      .filter(([, n]) => n > 1)
      .map(([word, n]) => ({ word, score: score(word, n) }))
      .filter((ranked) => ranked.score > leastScore)
      .sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1))
      .slice(0, candidates)
      .map(({ word }) => word);
  });
}

/** The words that PostgreSQL's full text search leaves out. */
async function stopWords(session: Session, words: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  if (words.size === 0) return new Set();
  const rows = await session.query<{ word: string }>(sql`
    select word from unnest(array[${join([...words])}]::text[]) as word where numnode(plainto_tsquery('english', word)) = 0`);
  return new Set(rows.map(({ word }) => word));
}

/** Without words that another, better one begins: `chargers` after `charger`. */
function distinct(words: readonly string[]): string[] {
  const kept: string[] = [];
  for (const word of words) {
    if (!kept.some((other) => word.startsWith(other) || other.startsWith(word))) kept.push(word);
  }
  return kept;
}
