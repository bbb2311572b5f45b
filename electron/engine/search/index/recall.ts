import type { IndexKind, Recall } from '../../../../shared/contract/search.ts';
import { problem } from '../../../../shared/problem.ts';
import { type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { nearestExact, rankByMeaning } from '../find/rank-meaning.ts';
import type { Narrowed, Ranked } from '../find/ranking.ts';

/** How many questions, and how many nearest of each. */
export interface Measured {
  readonly sample: number;
  readonly nearest: number;
}

/** How near two distances are that count as the same. */
const tolerance = 1e-6;

/** Asks a collection for the nearest of its own vectors, through its index and exactly, under the filters given. */
export async function recallOf(
  session: Session,
  narrowed: Narrowed,
  { sample, nearest }: Measured,
): Promise<Recall> {
  const questions = await sampleOf(session, narrowed.documents, sample);
  const taken: Measurement[] = [];
  let kind: IndexKind = 'exact';
  for (const vector of questions) {
    const near = await timed(() => rankByMeaning(session, narrowed, vector, nearest));
    const truth = await timed(() => nearestExact(session, narrowed, vector, nearest));
    kind = near.value.by === 'exact' ? kind : near.value.by;
    if (truth.value.length === 0) throw nothingPasses();
    taken.push({ recall: shareFound(near.value.ranked, truth.value), ms: near.ms, exactMs: truth.ms });
  }
  return {
    kind,
    sample: taken.length,
    nearest,
    recall: mean(taken.map(({ recall }) => recall)),
    ...quantiles(taken.map(({ ms }) => ms)),
    exactP50: quantile(
      taken.map(({ exactMs }) => exactMs),
      0.5,
    ),
    exactP95: quantile(
      taken.map(({ exactMs }) => exactMs),
      0.95,
    ),
  };
}

const nothingPasses = () =>
  problem('bad_input', 'There is nothing to measure: no document passes the filters.', {
    hint: 'Measure without filters, or with others.',
  });

interface Measurement {
  readonly recall: number;
  readonly ms: number;
  readonly exactMs: number;
}

/** Vectors spread evenly over a collection, the same ones each time. */
export async function sampleOf(session: Session, documents: Sql, sample: number): Promise<Sql[]> {
  const { n } = await session.one<{ n: number }>(sql`select count(*)::int as n from ${documents}`);
  if (n === 0) throw problem('bad_input', 'There is nothing to measure: the collection is empty.');
  const step = Math.max(1, Math.floor(n / sample));
  const rows = await session.query<{ vector: string }>(sql`
    select embedding::text as vector from (
      select embedding, row_number() over (order by id) - 1 as place from ${documents}
    ) as numbered where place % ${step} = 0 order by place limit ${sample}`);
  return rows.map(({ vector }) => sql`${vector}::vector`);
}

/** The share of the true nearest that was found; one that is as near as the last of them counts as well. */
export function shareFound(found: readonly Ranked[], truth: readonly Ranked[]): number {
  const last = truth.at(-1);
  if (!last) return 1;
  const good = found.filter(({ score }) => score >= last.score - tolerance).length;
  return Math.min(good, truth.length) / truth.length;
}

/** A value and how long it took. */
export async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const began = performance.now();
  const value = await work();
  return { value, ms: performance.now() - began };
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

/** The value that this share of the values does not exceed. */
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)] ?? 0;

/** The middle and the slow end. */
export const quantiles = (values: readonly number[]) => ({
  p50: quantile(values, 0.5),
  p95: quantile(values, 0.95),
});
