import { type Advice, type IndexKind, indexKind } from '../../../../shared/contract/search.ts';
import { ident, type Sql, sql } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database, Session } from '../../database/database.ts';
import { documentsOf, storedFor } from '../collections/collection-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import { nearestExact } from '../find/rank-meaning.ts';
import type { Ranked } from '../find/ranking.ts';
import { type Measured, mean, quantiles, sampleOf, shareFound, timed } from './recall.ts';
import { candidatesOf, createIndex, listsOf, prepareScan, takes } from './vector-index.ts';

/** What is measured, and what is wanted. */
export interface AdviceRequest extends Measured {
  readonly wanted: number;
  readonly most: number;
}

type Kind = Advice['kinds'][number];

/** A search is quick enough below this. */
const quickMs = 50;
const candidates = 400;

const copy = sql`pg_temp.advised`;

/** Measures each kind of index on a temporary copy of some documents; the collection itself is left alone. */
export async function advise(
  database: Database,
  { name, dimensions }: CollectionRecord,
  request: AdviceRequest,
  { signal, progress }: CallContext,
): Promise<Advice> {
  const title = `Measuring indexes for ${name}`;
  return database.use({ title, priority: 'background', signal }, async (session) => {
    const counts = await copyDocuments(session, { documents: documentsOf(name), dimensions }, request.most);
    try {
      const questions = await sampleOf(session, copy, request.sample);
      const truths = await exactly(session, dimensions, questions, request.nearest);
      const kinds: Kind[] = [];
      const possible = indexKind.options.filter((kind) => takes(kind, dimensions));
      for (const kind of possible) {
        progress({ title, done: kinds.length, total: possible.length, unit: 'steps' });
        kinds.push(
          await measureKind(
            session,
            { kind, dimensions, questions, truths, documents: counts.measured },
            request,
          ),
        );
      }
      return { ...counts, kinds, ...chosen(kinds, request.wanted) };
    } finally {
      await session.run(sql`drop table if exists ${copy}`);
    }
  });
}

async function copyDocuments(
  session: Session,
  { documents, dimensions }: { readonly documents: Sql; readonly dimensions: number },
  most: number,
) {
  await session.run(sql`drop table if exists ${copy}`);
  await session.run(sql`create temporary table advised as select id, embedding from ${documents} limit 0`);
  await session.run(storedFor(copy, dimensions));
  const { n } = await session.one<{ n: number }>(sql`select count(*)::int as n from ${documents}`);
  const step = Math.max(1, Math.ceil(n / most));
  const measured = await session.run(sql`
    insert into ${copy} select id, embedding from (
      select id, embedding, row_number() over (order by id) - 1 as place from ${documents}
    ) as numbered where place % ${step} = 0`);
  await session.run(sql`analyze ${copy}`);
  return { documents: n, measured };
}

interface Truth {
  readonly ranked: readonly Ranked[];
  readonly ms: number;
}

async function exactly(session: Session, dimensions: number, questions: readonly Sql[], nearest: number) {
  const narrowed = { collection: '', documents: copy, dimensions, conditions: [], examples: [] };
  const truths: Truth[] = [];
  for (const vector of questions) {
    const { value, ms } = await timed(() => nearestExact(session, narrowed, vector, nearest));
    truths.push({ ranked: value, ms });
  }
  return truths;
}

interface Subject {
  readonly kind: IndexKind;
  readonly dimensions: number;
  readonly questions: readonly Sql[];
  readonly truths: readonly Truth[];
  /** How many documents are measured. */
  readonly documents: number;
}

async function measureKind(session: Session, subject: Subject, { nearest }: Measured): Promise<Kind> {
  const { kind, dimensions, questions, truths } = subject;
  if (kind === 'exact') {
    return { kind, buildMs: 0, bytes: 0, recall: 1, ...quantiles(truths.map(({ ms }) => ms)) };
  }
  const table = { table: copy, dimensions };
  const { ms: buildMs } = await timed(() => createIndex(session, table, kind));
  await prepareScan(session, { kind, lists: listsOf(kind, subject.documents) }, candidates);
  const answers: { recall: number; ms: number }[] = [];
  for (const [at, vector] of questions.entries()) {
    const scan = candidatesOf(table, { kind, where: sql``, vector, most: candidates });
    const { value, ms } = await timed(() =>
      session.query<Ranked>(sql`
        with candidates as materialized (${scan})
        select id, 1 - (embedding <=> ${vector}) as score from candidates order by 2 desc, id limit ${nearest}`),
    );
    answers.push({ recall: shareFound(value, truths[at]?.ranked ?? []), ms });
  }
  return {
    kind,
    buildMs,
    bytes: await dropIndexes(session),
    recall: mean(answers.map(({ recall }) => recall)),
    ...quantiles(answers.map(({ ms }) => ms)),
  };
}

/** Their size. */
async function dropIndexes(session: Session): Promise<number> {
  const indexes = await session.query<{ name: string; bytes: number }>(sql`
    select c.relname as name, pg_relation_size(c.oid)::float8 as bytes
    from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = 'pg_temp.advised'::regclass`);
  for (const { name } of indexes) await session.run(sql`drop index ${ident('pg_temp', name)}`);
  return indexes.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The cheapest to make of those that find enough and are quick; the quickest where none is. */
function chosen(kinds: readonly Kind[], wanted: number): Pick<Advice, 'advised' | 'why'> {
  const enough = kinds.filter(({ recall }) => recall >= wanted);
  const quick = enough.filter(({ p95 }) => p95 <= quickMs).toSorted((a, b) => a.buildMs - b.buildMs)[0];
  const best = quick ?? enough.toSorted((a, b) => a.p95 - b.p95)[0];
  if (!best) return { advised: 'exact', why: 'No index finds enough: compare all.' };
  const recall = `recall ${best.recall.toFixed(3)} of the wanted ${wanted}`;
  const why = quick
    ? `It is the cheapest with ${recall} and 95 of 100 answers within ${quickMs} ms.`
    : `None answers within ${quickMs} ms; it is the quickest with ${recall}.`;
  return { advised: best.kind, why };
}
