import { sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { documentsOf } from '../collections/collection-table.ts';
import { topicWords } from './topic-words.ts';
import type { Topic } from './topics.ts';

/** Keeps where documents lie and the topic of each; -1 is none. */
export async function savePoints(
  session: Session,
  collection: string,
  ids: readonly number[],
  positions: Float32Array,
  topicOf: Int32Array,
): Promise<void> {
  const lines = ids.map((id, at) => {
    const topic = topicOf[at] as number;
    return `${collection}\t${id}\t${positions[at * 2]}\t${positions[at * 2 + 1]}\t${topic < 0 ? '\\N' : topic}\n`;
  });
  if (lines.length === 0) return;
  await session.copyIn(
    sql`copy assay.map_points (collection, document, x, y, topic) from '/dev/blob'`,
    Buffer.from(lines.join('')),
  );
}

/** Words in the name of a topic. */
const named = 3;

/** Keeps the topics of a map, each called by its best words. */
export async function saveTopics(
  session: Session,
  collection: string,
  topics: readonly Topic[],
): Promise<void> {
  const points = sql`(select document, topic from assay.map_points where collection = ${collection})`;
  const words = await topicWords(session, documentsOf(collection), points, topics.length);
  const rows = topics.map(({ x, y }, topic) => {
    const of = words[topic] ?? [];
    return { topic, x, y, words: of, label: of.slice(0, named).join(', ') || `topic ${topic + 1}` };
  });
  await session.run(sql`
    insert into assay.map_topics (collection, topic, label, words, x, y)
    select ${collection}, t.topic, t.label, array(select jsonb_array_elements_text(t.words)), t.x, t.y
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as t (topic integer, label text, words jsonb, x real, y real)`);
}
