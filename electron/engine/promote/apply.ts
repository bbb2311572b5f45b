import type { PromotedTable } from '../../../shared/contract/promote.ts';
import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import type { Progress } from '../../../shared/wire.ts';
import type { Database } from '../database/database.ts';
import { piecesOf } from './copy-pieces.ts';
import {
  badRowsHere,
  badRowsThere,
  checksumsHere,
  checksumsThere,
  compare,
  type RulesOf,
} from './evidence.ts';
import type { PromotedObject } from './objects.ts';
import { keysOf, preparation, stagingOf, stagingSchema, swap } from './swap.ts';
import type { TargetSession } from './target-session.ts';
import { dropStaging, stagingSchemas, type TargetState } from './target-state.ts';

/** What every part of a promotion needs. */
export interface Promotion {
  readonly database: Database;
  readonly session: TargetSession;
  readonly objects: readonly PromotedObject[];
  readonly rulesOf: RulesOf;
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
}

/** Two promotions to one database must not meet. */
export async function takePromotionLock(session: TargetSession): Promise<void> {
  const [row] = await session.query<{ taken: boolean }>(
    sql`select pg_try_advisory_lock(hashtextextended('assay promotion', 0)) as taken`,
  );
  if (row?.taken) return;
  throw problem('locked', 'Another promotion to this target is under way.', {
    hint: 'Wait until it has ended.',
  });
}

/**
 * Loads everything into a staging schema, compares every checksum and rule there, and only then swaps it in, in one
 * transaction. Whatever stops it before leaves the target as it was; leftovers go with the next promotion.
 */
export async function applyPromotion(
  promotion: Promotion,
  state: TargetState,
  { id, acceptFailing }: { readonly id: string; readonly acceptFailing: boolean },
): Promise<readonly PromotedTable[]> {
  const { session, objects } = promotion;
  const staging = `assay_staging_${id.replaceAll('-', '').slice(0, 16)}`;
  await dropStaging(session, await stagingSchemas(session));
  try {
    for (const statement of preparation(objects, state, staging)) await session.run(statement);
    await load(promotion, staging);
    for (const statement of objects.flatMap((object) => keysOf(object, staging)))
      await session.run(statement);
    const evidence = await gatherEvidence(promotion, (object) => stagingSchema(staging, object));
    refuseOtherVerdicts(evidence, acceptFailing);
    refuseDifferences(evidence);
    await session.transaction(swap(objects, state, staging, id));
    return evidence;
  } catch (thrown) {
    for (const schema of stagingOf(staging, objects)) await dropStaging(session, [schema]).catch(() => {});
    throw thrown;
  }
}

async function load(
  { database, session, objects, signal, progress }: Promotion,
  staging: string,
): Promise<void> {
  const total = objects.reduce((rows, object) => rows + object.rows, 0);
  let before = 0;
  for (const object of objects) {
    const done = (rows: number) =>
      progress({ title: `Sending ${object.name}`, done: before + rows, total, unit: 'rows' });
    done(0);
    await session.fill(
      { ...object, schema: stagingSchema(staging, object) },
      piecesOf(database, object, signal, done),
    );
    before += object.rows;
  }
}

/** Checksums and rules on both sides; `where` names the schema on the target that an object is in. */
export async function gatherEvidence(
  { database, session, objects, rulesOf, signal, progress }: Promotion,
  where: (object: PromotedObject) => string,
): Promise<readonly PromotedTable[]> {
  const rulesThere = await badRowsThere(session, objects, where, rulesOf);
  const evidence: PromotedTable[] = [];
  for (const object of objects) {
    signal.throwIfAborted();
    progress({
      title: `Comparing ${object.name}`,
      done: evidence.length,
      total: objects.length,
      unit: 'tables',
    });
    const rules = object.kind === 'table' ? rulesOf(object.name) : [];
    evidence.push(
      compare(
        object,
        await checksumsHere(database, object, signal),
        await checksumsThere(session, object, where(object)),
        await badRowsHere(database, object, rules, signal),
        rulesThere.get(object.name) ?? new Map(),
      ),
    );
  }
  return evidence;
}

/** A rule that one side cannot evaluate proves nothing: it passes only where failing rules are accepted. */
function refuseOtherVerdicts(evidence: readonly PromotedTable[], acceptFailing: boolean): void {
  for (const { table, checks } of evidence) {
    const others = checks.filter(({ badRows, serverBadRows }) =>
      badRows === null || serverBadRows === null ? !acceptFailing : badRows !== serverBadRows,
    );
    if (others.length === 0) continue;
    const names = others.map(
      ({ check, serverBadRows }) => check + (serverBadRows === null ? ' cannot be evaluated there' : ''),
    );
    throw problem(
      'server_failed',
      `The checks of ${table} do not say the same on the target (${names.join(', ')}), so nothing was swapped in.`,
      { hint: 'Promote the tables that these checks look at together with it.', at: { table } },
    );
  }
}

function refuseDifferences(evidence: readonly PromotedTable[]): void {
  const wrong = evidence.find(({ checksumsEqual }) => !checksumsEqual);
  if (!wrong) return;
  const columns = wrong.columns.filter(({ checksum, serverChecksum }) => checksum !== serverChecksum);
  throw problem(
    'server_failed',
    `${wrong.table} arrived different (${wrong.rows} rows here, ${wrong.serverRows} there; ${columns.map(({ name }) => name).join(', ')}), so nothing was swapped in.`,
    { hint: 'If the table was changed here meanwhile, promote again.', at: { table: wrong.table } },
  );
}
