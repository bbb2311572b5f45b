import type { PromotedTable, Receipt } from '../../../shared/contract/promote.ts';
import type { ProblemError } from '../../../shared/problem.ts';
import type { Sql } from '../../../shared/sql.ts';
import type { Progress } from '../../../shared/wire.ts';
import type { Database } from '../database/database.ts';
import { sayBusy } from './connection/busy.ts';
import { LostConnection, type TargetSession } from './connection/target-session.ts';
import { type Blended, blend } from './load/blend.ts';
import { writtenLast } from './load/late-writes.ts';
import { dropStaging, loadStaging } from './load/load.ts';
import { relate } from './load/relations.ts';
import { refuseRestructured, type Structures, structureGuards } from './load/restructured-meanwhile.ts';
import { type Guard, heldBy, inOneMoment, isBusy, pause } from './load/short-locks.ts';
import { stagingOf, swap } from './load/swap.ts';
import { promotedMeanwhile, refuseWritten, type Watched, writtenGuards } from './load/written-meanwhile.ts';
import type { PromotedObject } from './objects/objects.ts';
import { sourceFingerprint } from './target/fingerprints.ts';
import { happened, note, noteTold, stagingSchema } from './target/ledger.ts';
import { lettingGo, lettingGoAtOnce, type PlainVersion } from './target/plain-versions.ts';
import { keyOf, type TargetState } from './target/target-state.ts';
import { gatherEvidence, wholeTable } from './verify/evidence.ts';
import { refuseDifferences, refuseOtherVerdicts } from './verify/refuse-evidence.ts';
import type { RulesOf } from './verify/rules-on-both.ts';

/** What every part of a promotion needs. */
export interface Promotion {
  readonly database: Database;
  readonly session: TargetSession;
  readonly objects: readonly PromotedObject[];
  readonly rulesOf: RulesOf;
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
}

/** What is decided before it begins. */
export interface Decided {
  readonly id: string;
  readonly acceptFailing: boolean;
  /** What nobody may have written to meanwhile. */
  readonly watched: Watched;
  /** What nobody may have given other columns, keys, rights or views meanwhile. */
  readonly structures: Structures;
  /** Told before the target may become the new one. */
  readonly swapping: () => Promise<unknown>;
  /** Refuses where more would be undone of what people did there than was seen. */
  readonly refuseUnseen: (promotion: Promotion) => Promise<void>;
  /** Versions on the target that are let go as the new ones come. */
  readonly letGo: readonly PlainVersion[];
}

/** How a promotion goes on after its connection broke: a new one, which the caller closes. */
export type Reconnect = () => Promise<TargetSession>;

/** What is known once everything is compared: the receipt that goes into the swap's own transaction. */
export type Conclude = (tables: readonly PromotedTable[], notes?: readonly string[]) => Receipt;

const attempts = 6;
const longestPause = 8_000;

/**
 * Loads everything into a staging schema, compares every checksum and rule there, and only then swaps it in, in one
 * transaction. Where the connection breaks it asks the server anew what happened, and goes on from there. Whatever
 * stops it before the swap leaves the target as it was.
 */
export async function applyPromotion(
  promotion: Promotion,
  state: TargetState,
  { id, acceptFailing, watched, structures, swapping: beforeSwap, refuseUnseen, letGo: leaving }: Decided,
  conclude: Conclude,
  reconnect: Reconnect,
): Promise<Receipt> {
  let current = promotion;
  let swapping: Receipt | undefined;
  let all = watched;
  const doomed = lettingGoAtOnce(leaving);
  const ended = async ({ session }: Promotion, receipt: Receipt) => {
    const notes = await writtenLast(session, promotion.objects, all, state, receipt, doomed);
    if (notes.length === 0) return receipt;
    const told = conclude(receipt.tables, notes);
    await session.run(noteTold(told));
    return told;
  };
  for (let attempt = 1; ; attempt++) {
    try {
      if (swapping && (await happened(current.session, id))) return await ended(current, swapping);
      const staging = await staged(current, state, acceptFailing);
      all = new Map([...staging.joined, ...watched]);
      await refuseWritten(current.session, all);
      await refuseRestructured(current.session, structures);
      await refuseUnseen(current);
      const guards = [
        ...structureGuards(structures),
        ...writtenGuards(all, state, promotedMeanwhile, doomed),
      ];
      await beforeSwap();
      swapping = conclude(staging.evidence);
      await swapIn(current, state, { ...staging, guards, last: lettingGo(leaving, id) }, swapping);
      return await ended(current, swapping);
    } catch (thrown) {
      if (!(thrown instanceof LostConnection)) throw thrown;
      current = { ...current, session: await another(reconnect, thrown, attempt, promotion.signal) };
    }
  }
}

/** Loaded and found the same; where it is not, staging goes away again. */
async function staged(promotion: Promotion, state: TargetState, acceptFailing: boolean) {
  const { session, objects } = promotion;
  const name = sourceFingerprint(objects, state).slice(0, 16);
  try {
    const sent = await loadStaging(promotion, state, name);
    const where = (object: PromotedObject) => wholeTable(object, stagingSchema(name, object));
    const evidence = await gatherEvidence(promotion, where, sent);
    refuseOtherVerdicts(evidence, acceptFailing);
    refuseDifferences(evidence, objects);
    const blended = await blend(promotion, state, name, evidence);
    await relate(promotion, state, name);
    return { name, ...blended };
  } catch (thrown) {
    await letGo(session, stagingOf(name, objects), thrown);
    throw thrown;
  }
}

/** What was loaded is of use after a break or a cancel, or while a table is busy; else it goes. */
async function letGo(session: TargetSession, schemas: readonly string[], thrown: unknown): Promise<void> {
  const code = (thrown as Partial<ProblemError>).problem?.code;
  if (thrown instanceof LostConnection || code === 'cancelled' || isBusy(thrown)) return;
  await dropStaging(session, schemas).catch(() => {});
}

/** What was loaded stays where a table is in use to the end: only the swap is left to do then. */
async function swapIn(
  { session, objects, signal, progress }: Promotion,
  state: TargetState,
  {
    name: staging,
    guards,
    written,
    last,
  }: Pick<Blended, 'written'> & {
    readonly name: string;
    readonly guards: readonly Guard[];
    readonly last: readonly Sql[];
  },
  receipt: Receipt,
): Promise<void> {
  const statements = [
    ...swap(objects, state, staging, receipt.id),
    ...note(receipt, objects, state, keyOf, written),
    ...last,
  ];
  const moment = { title: 'Swapping in', tables: heldBy(objects, state), guards, statements };
  try {
    await inOneMoment(session, moment, signal, progress);
  } catch (thrown) {
    await letGo(session, stagingOf(staging, objects), thrown);
    throw isBusy(thrown) ? await sayBusy(session, objects, thrown) : thrown;
  }
}

/** A new connection that holds the lock: then nothing of the old one is under way any more. */
async function another(reconnect: Reconnect, lost: LostConnection, attempt: number, signal: AbortSignal) {
  if (attempt >= attempts) throw lost;
  for (let wait = 250; ; wait *= 2) {
    await pause(wait, signal);
    try {
      return await reconnect();
    } catch (thrown) {
      const code = (thrown as ProblemError).problem?.code;
      if (wait >= longestPause || (code !== 'server_failed' && code !== 'locked')) throw unsure(lost, thrown);
    }
  }
}

const unsure = (lost: LostConnection, cause: unknown) => {
  const message = `${lost.problem.message}, and it could not be reached again.`;
  const hint =
    'The target holds the old state or the new one, whole. Promote again: it looks which, and goes on from there.';
  return new LostConnection({ code: 'server_failed', message, hint }, { cause });
};
