import { type Sql, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import type { Narrowed, Ranked } from './ranking.ts';
import { whereAll } from './words.ts';

/** The documents nearest to a vector, compared with every one that passes the filters. The score is the cosine similarity. */
export function nearestExact(
  session: Session,
  { documents, conditions }: Narrowed,
  vector: Sql,
  most: number,
): Promise<readonly Ranked[]> {
  const distance = sql`(embedding <=> ${vector})`;
  // A vector of zeros has no direction: its distance is no number.
  const conditioned = whereAll([...conditions, sql`${distance} <> 'NaN'`]);
  // Adding zero keeps an index on the distance out of it.
  return session.query<Ranked>(sql`
    select id, 1 - distance as score from (
      select id, ${distance} as distance from ${documents}${conditioned} order by ${distance} + 0, id limit ${most}
    ) as found order by distance, id`);
}
