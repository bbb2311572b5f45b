import type { Estimate } from '../../../../shared/contract/promote.ts';
import type { ProblemError } from '../../../../shared/problem.ts';
import { ident, sql } from '../../../../shared/sql.ts';
import type { Context } from '../../context.ts';
import type { Promotion } from '../apply.ts';
import { listReceipts } from '../receipts/receipts.ts';
import { checksumQuery } from '../verify/checksums.ts';
import { adviceFor, growthOf, momentOf, type Spans } from './growth.ts';

/** A promotion of less says nothing of the rate. */
const enough = 1_000_000;
const triedRows = 20_000;
const triedTable = ' assay tries';

/** How long these objects take: at the rate of the last promotion to this target, else at one that is measured now. */
export async function estimateOf(
  context: Context,
  promotion: Promotion,
  target: string,
): Promise<Estimate | null> {
  const sent = promotion.objects.filter(({ bytes }) => bytes > 0);
  const rows = sent.reduce((all, object) => all + object.rows, 0);
  const bytes = sent.reduce((all, object) => all + object.bytes, 0);
  if (rows === 0) return null;
  const last = (await listReceipts(context)).find(
    (receipt) => receipt.target === target && (receipt.bytes ?? 0) >= enough,
  );
  const perByte = last?.bytes ? last.ms / last.bytes : await measured(promotion).catch(unlessForbidden);
  if (perByte === undefined) return null;
  const ms = Math.round(perByte * bytes);
  const basis = last ? 'last promotion' : 'measured';
  const spans = await spansOf(promotion);
  const advice = adviceFor(promotion.objects, 1, spans);
  return { rows, bytes, ms, basis, advice, growth: growthOf(promotion.objects, { rows, bytes, ms }, spans) };
}

async function spansOf({ database, objects, signal }: Promotion): Promise<Spans> {
  const spans = new Map<string, number>();
  for (const object of objects) {
    const by = momentOf(object);
    if (by === undefined) continue;
    const turn = { title: `Looking at the days of ${object.name}`, priority: 'background' as const, signal };
    const { days } = await database.use(turn, (own) =>
      own.one<{ days: number }>(sql`
        select coalesce(extract(epoch from max(at) - min(at)) / 86400, 0)::float8 as days
        from (select ${ident(by)}::timestamp as at from ${object.from} where isfinite(${ident(by)})) as moments`),
    );
    spans.set(object.name, days);
  }
  return spans;
}

/** Milliseconds for a byte: made-up rows go the way of real ones, into a table that is gone with the connection. */
async function measured(promotion: Promotion): Promise<number> {
  const { session } = promotion;
  await session.run(sql`create temporary table ${ident(triedTable)} (n integer, word text)`);
  // The first time, everything is slower than it will be.
  await sendTried(promotion, triedRows / 10);
  const began = performance.now();
  const bytes = await sendTried(promotion, triedRows);
  const ms = performance.now() - began;
  await session.run(sql`drop table ${ident('pg_temp', triedTable)}`);
  return ms / bytes;
}

/** A user who may not make temporary tables is told nothing of time. */
function unlessForbidden(thrown: unknown): undefined {
  if ((thrown as Partial<ProblemError>).problem?.at?.sqlstate !== '42501') throw thrown;
}

async function sendTried({ database, session, signal }: Promotion, count: number): Promise<number> {
  const columns = [
    { name: 'n', type: 'integer' },
    { name: 'word', type: 'text' },
  ];
  const rows = sql`select n, md5(n::text) as word from generate_series(1, ${count}::int) n`;
  const turn = { title: 'Measuring the way to the target', priority: 'background' as const, signal };
  const piece = await database.use(turn, async (own) => {
    await own.query(checksumQuery(sql`(${rows}) as tried`, columns, 'embedded'));
    return own.copyOut(sql`copy (${rows}) to stdout (format binary)`);
  });
  await session.append({ schema: 'pg_temp', name: triedTable, columns }, piece, sql`select 1`);
  await session.query(checksumQuery(ident('pg_temp', triedTable), columns, 'server'));
  return piece.length;
}
