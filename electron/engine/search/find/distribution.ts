import type { Distribution } from '../../../../shared/contract/search.ts';
import { type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { type Narrowed, passing } from './ranking.ts';
import { whereAll } from './words.ts';

const bins = 40;

/** How similar all documents are to a vector. */
export async function distributionOf(
  session: Session,
  narrowed: Narrowed,
  vector: Sql,
): Promise<Distribution> {
  const rows = await session.query<{ bin: number; n: number; least: number; most: number }>(sql`
    with compared as materialized (select 1 - (embedding <=> ${vector}) as similarity from ${narrowed.documents}${whereAll(passing(narrowed))}),
    ends as (select min(similarity) as least, max(similarity) as most from compared where similarity <> 'NaN')
    select least(floor((similarity - least) / nullif(most - least, 0) * ${bins}), ${bins - 1})::int as bin,
      count(*)::int as n, least, most
    from compared, ends where similarity <> 'NaN' group by bin, least, most`);
  const counts = new Array<number>(bins).fill(0);
  for (const { bin, n } of rows) counts[bin ?? 0] = n;
  return { from: rows[0]?.least ?? 0, to: rows[0]?.most ?? 0, counts };
}
