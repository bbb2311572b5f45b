import { type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { readVector } from './asked-vector.ts';
import { diversify } from './diversify.ts';
import { among, type Fused } from './ranking.ts';

/** What becomes of the ranked documents before they are shown. */
export interface Arranging {
  /** 0 keeps the order, up to 1 prefers documents unlike those before. */
  readonly diversity: number;
  /** Only the best of each row (`_row`) or of each value of this metadata key. */
  readonly group?: string | undefined;
  readonly limit: number;
}

/** Of so many documents per result the diverse ones are chosen. */
const poolPerResult = 4;
const largestPool = 1000;

/** The documents to show. Ranks as many as it takes: grouping never shortens a result. */
export async function arrange(
  session: Session,
  documents: Sql,
  ranked: (most: number) => Promise<readonly Fused[]>,
  { diversity, group, limit }: Arranging,
): Promise<readonly Fused[]> {
  const wanted = diversity > 0 ? Math.max(limit, Math.min(limit * poolPerResult, largestPool)) : limit;
  const pool =
    group === undefined
      ? await ranked(wanted)
      : await bestOfGroups(session, documents, ranked, group, wanted);
  if (diversity === 0) return pool.slice(0, limit);
  const vectors = await vectorsOf(session, documents, pool);
  return diversify(pool, ({ id }) => vectors.get(id) ?? new Float32Array(), diversity, limit);
}

async function bestOfGroups(
  session: Session,
  documents: Sql,
  ranked: (most: number) => Promise<readonly Fused[]>,
  group: string,
  wanted: number,
): Promise<readonly Fused[]> {
  for (let most = wanted * poolPerResult; ; most *= poolPerResult) {
    const pool = await ranked(most);
    const groups = await groupsOf(session, documents, pool, group);
    const seen = new Set<string | null | undefined>();
    const best = pool.filter(({ id }) => {
      const of = groups.get(id);
      return seen.has(of) ? false : seen.add(of);
    });
    if (best.length >= wanted || pool.length < most) return best.slice(0, wanted);
  }
}

async function groupsOf(session: Session, documents: Sql, pool: readonly Fused[], group: string) {
  if (pool.length === 0) return new Map<number, string | null>();
  const of = group === '_row' ? sql`source_row::text` : sql`metadata->>${group}::text`;
  const rows = await session.query<{ id: number; of: string | null }>(
    sql`select id, ${of} as of from ${documents} where ${among(pool)}`,
  );
  return new Map(rows.map((row) => [row.id, row.of]));
}

async function vectorsOf(session: Session, documents: Sql, pool: readonly Fused[]) {
  if (pool.length === 0) return new Map<number, Float32Array>();
  const rows = await session.query<{ id: number; vector: string }>(
    sql`select id, embedding::text as vector from ${documents} where ${among(pool)}`,
  );
  return new Map(rows.map(({ id, vector }) => [id, readVector(vector)]));
}
