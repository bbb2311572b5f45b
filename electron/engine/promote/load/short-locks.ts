import { type ProblemError, problem } from '../../../../shared/problem.ts';
import { ident, join, type Sql, sql, toText } from '../../../../shared/sql.ts';
import type { Progress } from '../../../../shared/wire.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { keyOf, type Place, type TargetState } from '../target/target-state.ts';

/** So long is each lock waited for, and with it whoever wants the table after us. */
const patience = '100ms';
/** Nobody who reads or writes has to wait behind this first lock, and a server ends its own tidying up only for who waits a second. */
const vacuumPatience = '2500ms';
const attempts = 14;
/** Where others read without a pause, the last attempts stand in line with them. */
const politeAttempts = 10;
/** Who writes waits no longer than this for us, and who reads. */
const longest = { polite: '5s', inLine: '250ms' };
const longestPause = 2_000;

/** Nobody gave a lock in time, or who has one waits for another of ours. */
const busyCodes = ['55P03', '40P01'];
const tookTooLong = '57014';

const codeOf = (thrown: unknown) => (thrown as Partial<ProblemError>).problem?.at?.sqlstate ?? '';

/** Whether something failed because a table was in use. */
export const isBusy = (thrown: unknown): boolean => busyCodes.includes(codeOf(thrown));

/** What must not hold of the tables, and what is said where it does. */
export interface Guard {
  readonly fails: Sql;
  readonly says: string;
  /** Looks at rows, which takes time, once nobody writes to them and while others still read; else at the last moment. */
  readonly reads: boolean;
}

/** What is done in one transaction while others wait. */
export interface Moment {
  readonly title: string;
  readonly tables: readonly Place[];
  /** Looks at the tables once nobody writes to them; readers go on meanwhile. */
  readonly guards: readonly Guard[];
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
 * nobody has to wait behind us for long, and nobody's transaction is ended for our sake.
 */
export async function inOneMoment(
  session: TargetSession,
  { title, tables, guards, statements }: Moment,
  signal: AbortSignal,
  progress: (progress: Progress) => void,
): Promise<void> {
  const pieces = await piecesOf(session, tables);
  for (let attempt = 1; ; attempt++) {
    progress({ title, done: attempt - 1, total: attempts, unit: 'steps' });
    const held = tables.length === 0 ? unheld : attempt > politeAttempts ? inLine : politely;
    try {
      for (const piece of pieces) await session.transaction(tidied(piece));
      return await session.transaction([...held(tables, guards), ...statements]);
    } catch (thrown) {
      const slow = codeOf(thrown) === tookTooLong;
      if (!isBusy(thrown) && !slow) throw thrown;
      if (attempt === attempts) throw slow ? tooBusy(thrown) : thrown;
      await pause(Math.min(longestPause, 100 * 2 ** (attempt - 1)), signal);
    }
  }
}

/** Ends what the server does to tidy a table up, and holds nothing after it nor while it waits. */
const tidied = ({ to, name }: Place): readonly Sql[] => [
  sql`set local lock_timeout = ${vacuumPatience}`,
  sql`lock table only ${ident(to, name)} in share update exclusive mode`,
];

/** Tables and the parts that they are divided into: a lock on the whole takes those one after the other. */
async function piecesOf(session: TargetSession, tables: readonly Place[]): Promise<readonly Place[]> {
  const pieces = [...tables];
  for (const { to, name } of tables)
    pieces.push(
      ...(await session.query<Place>(sql`
        select n.nspname as to, c.relname as name from pg_partition_tree(to_regclass(format('%I.%I', ${to}::text, ${name}::text))) p
        join pg_class c on c.oid = p.relid join pg_namespace n on n.oid = c.relnamespace where p.level > 0`)),
    );
  return pieces;
}

/** Where nothing stands there yet, or only views do. */
const unheld = (_tables: readonly Place[], guards: readonly Guard[]): readonly Sql[] =>
  guards.length === 0 ? [] : [done(sql`begin ${looks(guards)} end`)];

/**
 * Takes hold of the tables while others may still read, looks at the rows, and waits for a moment in which nobody reads.
 * A server ends at once a transaction that has read and wants to write while we, who keep it from that, wait for it in turn:
 * so we never stand in line with something in hand.
 */
function politely(tables: readonly Place[], guards: readonly Guard[]): readonly Sql[] {
  const alone = sql`${lockOf(tables, sql`access exclusive`)} nowait;`;
  return within(
    longest.polite,
    sql`declare until timestamptz; begin
      ${lockOf(tables, sql`share row exclusive`)}; ${looks(guards.filter(({ reads }) => reads))}
      until := clock_timestamp() + ${patience}::interval;
      loop
        begin ${alone} exit; exception when lock_not_available then
          if clock_timestamp() > until then raise; end if;
          perform pg_sleep(0.002);
        end;
      end loop;
      ${looks(guards.filter(({ reads }) => !reads))} end`,
  );
}

/** Stands in line for the tables, with nothing in hand, and looks at the rows while all others wait. */
const inLine = (tables: readonly Place[], guards: readonly Guard[]): readonly Sql[] =>
  within(longest.inLine, sql`begin ${lockOf(tables, sql`access exclusive`)}; ${looks(guards)} end`);

const lockOf = (tables: readonly Place[], mode: Sql): Sql =>
  sql`lock table ${join(tables.map(({ to, name }) => ident(to, name)))} in ${mode} mode`;

const looks = (guards: readonly Guard[]): Sql =>
  join(
    guards.map(
      ({ fails, says }) =>
        sql`if ${fails} then raise exception using errcode = '40001', message = ${says}; end if;`,
    ),
    sql` `,
  );

const done = (body: Sql): Sql => sql`do ${toText(body)}`;

const within = (most: string, body: Sql): readonly Sql[] => [
  sql`set local lock_timeout = ${patience}`,
  sql`select set_config('assay.patience', current_setting('statement_timeout'), true)`,
  sql`set local statement_timeout = ${most}`,
  done(body),
  sql`select set_config('statement_timeout', current_setting('assay.patience'), true)`,
];

const tooBusy = (cause: unknown) =>
  problem('server_failed', 'The server is too busy to look once more at what others wrote.', {
    at: { sqlstate: '55P03' },
    cause,
  });

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
