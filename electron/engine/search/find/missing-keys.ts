import { join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';

/** Says which keys of a filter no document has, where nothing was found: why nothing can pass. */
export async function missingKeys(
  session: Session,
  documents: Sql,
  filter: Readonly<Record<string, unknown>>,
  found: number,
): Promise<readonly string[]> {
  const keys = Object.keys(filter);
  if (found > 0 || keys.length === 0) return [];
  const missing = await session.query<{ key: string }>(sql`
    select k.key from unnest(array[${join(keys)}]::text[]) with ordinality as k (key, place)
    where not exists (select from ${documents} as d where d.metadata ? k.key) order by k.place`);
  return missing.map(({ key }) => `No document has \`${key}\`, which is filtered by.`);
}
