import { type ProblemError, problem } from '../../../../shared/problem.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Progress } from '../../../../shared/wire.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { keyOf, type Place, type TargetState } from '../target/target-state.ts';

/** So long is each lock waited for, and with it whoever wants the table after us. */
const patience = '100ms';
/** Nobody who reads or writes has to wait behind this first lock, and a server ends its own tidying up only for who waits a second. */
const vacuumPatience = '2500ms';
const attempts = 14;
const longestPause = 2_000;

/** Nobody gave a lock in time, or who has one waits for another of ours. */
const busyCodes = ['55P03', '40P01'];

/** Whether something failed because a table was in use. */
export const isBusy = (thrown: unknown): boolean =>
  busyCodes.includes((thrown as Partial<ProblemError>).problem?.at?.sqlstate ?? '');

/** What is done in one transaction while others wait. */
export interface Moment {
  readonly title: string;
  readonly tables: readonly Place[];
  /** Looks at the tables once nobody writes to them; readers go on meanwhile. */
  readonly guards: readonly Sql[];
  readonly statements: readonly Sql[];
}

/** The tables that a swap or its way back takes hold of: those that stand, and those whose keys point at them. */
export const heldBy = (places: readonly Place[], { existing }: TargetState): readonly Place[] => {
  const held = places.flatMap((place) => {
    const { kind, incoming = [] } = existing.get(keyOf(place)) ?? {};
    const others = incoming.map(({ schema, holder }) => ({ to: schema, name: holder }));
    return kind === 'table' ? [place, ...others] : others;
  });
  return [...new Map(held.map((place) => [keyOf(place), place])).values()];
};

/**
 * Takes all locks at once before anything is done, each for a moment at most, and tries again where a table is in use: so
 * nobody has to wait behind us for long.
 */
export async function inOneMoment(
  session: TargetSession,
  { title, tables, guards, statements }: Moment,
  signal: AbortSignal,
  progress: (progress: Progress) => void,
): Promise<void> {
  const list = join(tables.map(({ to, name }) => ident(to, name)));
  const lock = (mode: Sql) => (tables.length > 0 ? [sql`lock table ${list} in ${mode} mode`] : []);
  const all = [
    sql`set local lock_timeout = ${vacuumPatience}`,
    ...lock(sql`share update exclusive`),
    sql`set local lock_timeout = ${patience}`,
    ...lock(sql`share row exclusive`),
    ...guards,
    ...lock(sql`access exclusive`),
    ...statements,
  ];
  for (let attempt = 1; ; attempt++) {
    progress({ title, done: attempt - 1, total: attempts, unit: 'steps' });
    try {
      return await session.transaction(all);
    } catch (thrown) {
      if (!isBusy(thrown) || attempt === attempts) throw thrown;
      await pause(Math.min(longestPause, 100 * 2 ** (attempt - 1)), signal);
    }
  }
}

/** Waits, unless somebody cancels. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(problem('cancelled', 'Cancelled: the target is as it was before.'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
