import { join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import type { FindRequest } from './find.ts';
import { keysInCondition } from './keys-in-condition.ts';

/** Says which keys of the filters, chosen or written, no document has, where nothing was found: why nothing can pass. */
export async function missingKeys(
  session: Session,
  documents: Sql,
  { filter, where }: Pick<FindRequest, 'filter' | 'where'>,
  found: number,
): Promise<readonly string[]> {
  if (found > 0) return [];
  const written = where?.trim() ? await keysInCondition(where) : [];
  const keys = [...new Set([...Object.keys(filter), ...written])];
  if (keys.length === 0) return [];
  const missing = await session.query<{ key: string }>(sql`
    select k.key from unnest(array[${join(keys)}]::text[]) with ordinality as k (key, place)
    where not exists (select from ${documents} as d where d.metadata ? k.key) order by k.place`);
  return missing.map(({ key }) => `No document has \`${key}\`, which is filtered by.`);
}
