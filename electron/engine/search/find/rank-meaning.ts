import { type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { candidatesOf, prepareScan, type VectorIndex, vectorIndex } from '../index/vector-index.ts';
import { among, type Narrowed, passing, type Ranked } from './ranking.ts';
import { whereAll } from './words.ts';

/** How the nearest were found: by comparing all, or through an index whose candidates were compared. */
export interface Near {
  readonly ranked: readonly Ranked[];
  readonly by: 'exact' | VectorIndex['kind'];
}

/** Candidates that an index gives for each document wanted; their exact distances decide. */
const oversampling = 4;
const leastCandidates = 400;
const mostCandidates = 1000;

/** So few documents are compared at once rather than looked for in an index. */
const fewEnough = 5000;

/**
 * The documents nearest to a vector that pass the filters; the score is the cosine similarity. Through an index where there
 * is one, unless filters leave few or the index finds too few: then all that pass are compared.
 */
export async function rankByMeaning(
  session: Session,
  narrowed: Narrowed,
  vector: Sql,
  most: number,
): Promise<Near> {
  const index = await vectorIndex(session, narrowed.collection);
  const wanted = Math.max(leastCandidates, most * oversampling);
  if (index && wanted <= mostCandidates && !(await leavesFew(session, narrowed))) {
    const ranked = await nearestByIndex(session, narrowed, { index, vector, wanted, most });
    if (ranked) return { ranked, by: index.kind };
  }
  return { ranked: await nearestExact(session, narrowed, vector, most), by: 'exact' };
}

const leavesFew = async (session: Session, narrowed: Narrowed): Promise<boolean> =>
  narrowed.conditions.length > 0 && (await fewPassing(session, narrowed)) !== null;

/** How many documents may be found; null where they are too many to be counted for each question. */
export async function fewPassing(session: Session, narrowed: Narrowed): Promise<number | null> {
  const { n } = await session.one<{ n: number }>(sql`
    select count(*)::int as n from (select 1 from ${narrowed.documents}${whereAll(passing(narrowed))} limit ${fewEnough + 1}) as passing`);
  return n <= fewEnough ? n : null;
}

/** Nothing where the index gives fewer candidates than wanted: it may have missed some. */
async function nearestByIndex(
  session: Session,
  narrowed: Narrowed,
  { index, vector, wanted, most }: { index: VectorIndex; vector: Sql; wanted: number; most: number },
): Promise<readonly Ranked[] | undefined> {
  await prepareScan(session, index, wanted);
  const { documents, dimensions } = narrowed;
  const where = whereAll(passing(narrowed));
  const found = await session.query<Ranked & { readonly candidates: number }>(sql`
    with candidates as materialized (
      ${candidatesOf({ table: documents, dimensions }, { kind: index.kind, where, vector, most: wanted })}
    )
    select id, 1 - (embedding <=> ${vector}) as score, count(*) over ()::int as candidates from candidates
    order by 2 desc, id limit ${most}`);
  if ((found[0]?.candidates ?? 0) < wanted) return undefined;
  return found.map(({ id, score }) => ({ id, score }));
}

/** The documents nearest to a vector, compared with every one that passes the filters. */
export function nearestExact(
  session: Session,
  narrowed: Narrowed,
  vector: Sql,
  most: number,
): Promise<readonly Ranked[]> {
  // Adding zero keeps an index on the distance out of it. A vector of zeros has no direction: its distance is no number, and last.
  const distance = sql`(embedding <=> ${vector}) + 0`;
  return session.query<Ranked>(sql`
    select id, 1 - distance as score from (
      select id, ${distance} as distance from ${narrowed.documents}${whereAll(passing(narrowed))} order by 2, id limit ${most}
    ) as found where distance <> 'NaN' order by distance, id`);
}

/** How similar some documents are to a vector; one without a direction is left out. */
export async function similaritiesOf(
  session: Session,
  { documents }: Narrowed,
  vector: Sql,
  wanted: readonly Ranked[],
): Promise<(readonly [number, number])[]> {
  if (wanted.length === 0) return [];
  const found = await session.query<Ranked>(sql`
    select id, score from (select id, 1 - (embedding <=> ${vector}) as score from ${documents} where ${among(wanted)}) as s
    where score <> 'NaN'`);
  return found.map(({ id, score }) => [id, score] as const);
}
