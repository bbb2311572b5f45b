import { problem, stopIfCancelled, toProblem } from '../../../shared/problem.ts';
import { type Session, sessionOf } from './session.ts';
import { inTransaction, readingOnly, type Shield, shieldThat } from './transaction.ts';
import { type Priority, Turns } from './turns.ts';
import { startWorker, type WorkerHandle } from './worker-handle.ts';

export type { Session } from './session.ts';

/** How a piece of work wants the connection. */
export interface TurnOptions {
  /** Shown while it runs: "Loading orders". */
  readonly title?: string;
  readonly priority?: Priority;
  readonly signal?: AbortSignal;
  /** Where it is cancelled, that is answered as soon as it stopped; the next turn waits until the database is open again. */
  readonly hurried?: boolean;
  /** It reads only: what was known before it is true after it. */
  readonly reads?: boolean;
}

/** What the database is doing now. */
export interface DatabaseStatus {
  readonly state: 'ready' | 'busy' | 'restarting' | 'failed';
  readonly running?: { readonly title: string; readonly ms: number };
  readonly queued: number;
}

/**
 * The embedded PostgreSQL. It has one connection: each piece of work takes its turn. Statements called on the
 * database itself are a turn each; `use` and `transaction` keep the connection for several.
 */
export interface Database extends Session {
  use<T>(options: TurnOptions, work: (session: Session) => Promise<T>): Promise<T>;
  /** All of it happens or nothing. */
  transaction<T>(options: TurnOptions, work: (session: Session) => Promise<T>): Promise<T>;
  /** For what an analyst wrote: it can write nothing, and what it sets ends with it. */
  reading<T>(options: TurnOptions, work: (session: Session) => Promise<T>): Promise<T>;
  status(): DatabaseStatus;
  /** Stays the same as long as nothing can have been committed: what was read at this number is still true. */
  epoch(): number;
  close(): Promise<void>;
}

/** How the folder came to be opened anew. */
export interface Restarted {
  readonly reason: string;
  readonly ms: number;
  /** True where a call was cancelled: its caller is told, too. */
  readonly cancelled: boolean;
}

/** Opens a data folder that exists. `onRestart` is told after a cancel or a crash made it open the folder anew. */
export async function openDatabase(
  dataDir: string,
  onRestart: (restarted: Restarted) => void = () => {},
): Promise<Database> {
  const owner = new Owner(dataDir, onRestart);
  await owner.start();
  const single = <Name extends keyof Session>(name: Name) =>
    ((...args: Parameters<Session[Name]>) =>
      owner.use({}, (session) =>
        (session[name] as (...all: unknown[]) => Promise<unknown>)(...args),
      )) as Session[Name];
  return {
    query: single('query'),
    one: single('one'),
    maybeOne: single('maybeOne'),
    run: single('run'),
    script: single('script'),
    describe: single('describe'),
    plan: single('plan'),
    rows: single('rows'),
    written: single('written'),
    copyOut: single('copyOut'),
    copyIn: single('copyIn'),
    use: (options, work) => owner.use(options, work),
    transaction: (options, work) =>
      owner.use(options, (session, shield) => inTransaction(session, shield, work), true),
    reading: (options, work) =>
      owner.use({ ...options, reads: true }, (session) => readingOnly(session, work)),
    status: () => owner.status(),
    epoch: () => owner.epoch,
    close: () => owner.close(),
  };
}

/** Keeps the worker, and starts a new one when it was killed or died. */
class Owner {
  readonly #dataDir: string;
  readonly #onRestart: (restarted: Restarted) => void;
  readonly #turns = new Turns();
  #worker: WorkerHandle | undefined;
  #restarting: Promise<void> | undefined;
  #running: { title: string; since: number } | undefined;
  #closed = false;
  #epoch = 0;

  constructor(dataDir: string, onRestart: (restarted: Restarted) => void) {
    this.#dataDir = dataDir;
    this.#onRestart = onRestart;
  }

  async start(): Promise<void> {
    this.#worker = await startWorker(this.#dataDir);
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** `whole` work is a transaction: nothing of it is committed before it raises the shield. */
  async use<T>(
    options: TurnOptions,
    work: (session: Session, shield: Shield) => Promise<T>,
    whole = false,
  ): Promise<T> {
    const { title = 'Reading', priority = 'interactive', signal, reads = false, hurried = false } = options;
    stopIfCancelled(signal, 'Cancelled before it started.');
    await this.#turns.take(priority, signal);
    try {
      const worker = await this.#alive();
      this.#running = { title, since: performance.now() };
      if (!reads && !whole) this.#epoch++;
      return await this.#work(worker, work, hurried, signal);
    } finally {
      if (!reads) this.#epoch++;
      this.#running = undefined;
      this.#turns.release();
    }
  }

  async #work<T>(
    worker: WorkerHandle,
    work: (session: Session, shield: Shield) => Promise<T>,
    hurried: boolean,
    signal?: AbortSignal,
  ): Promise<T> {
    const shield = shieldThat(() => {
      this.#epoch++;
    });
    let cancelled: Promise<number> | undefined;
    const cancel = () => {
      if (shield.up) return;
      cancelled = this.#restart('A call was cancelled.', true);
      // Whether the work still succeeds or not, a folder that does not open again is told by the next call.
      cancelled.catch(() => {});
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await work(sessionOf(worker.calls), shield);
    } catch (thrown) {
      if (cancelled !== undefined) throw hurried ? stoppedOnly() : await stopped(cancelled);
      if (toProblem(thrown).code === 'engine_lost' || isBroken(thrown))
        await this.#restart(toProblem(thrown).message, false);
      throw thrown;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Kills the worker and opens the folder again; resolves to how long that took, in milliseconds. */
  #restart(reason: string, cancelled: boolean): Promise<number> {
    const began = performance.now();
    // What was temporary is gone.
    this.#epoch++;
    const old = this.#worker;
    this.#worker = undefined;
    const restarted = (async () => {
      await old?.kill();
      if (!this.#closed) await this.start();
    })();
    this.#restarting = restarted.finally(() => {
      this.#restarting = undefined;
    });
    this.#restarting.catch(() => {});
    return restarted.then(() => {
      const ms = performance.now() - began;
      this.#onRestart({ reason, ms, cancelled });
      return ms;
    });
  }

  async #alive(): Promise<WorkerHandle> {
    await this.#restarting;
    if (this.#closed) throw problem('engine_lost', 'The database is closed.');
    if (!this.#worker) await this.start();
    return this.#worker as WorkerHandle;
  }

  status(): DatabaseStatus {
    const running = this.#running;
    const queued = this.#turns.queued;
    if (this.#restarting !== undefined) return { state: 'restarting', queued };
    if (!running) return { state: this.#worker ? 'ready' : 'failed', queued };
    return {
      state: 'busy',
      running: { title: running.title, ms: performance.now() - running.since },
      queued,
    };
  }

  /** Waits for the turn that runs, then closes the folder properly. */
  async close(): Promise<void> {
    await this.#turns.take('interactive');
    this.#closed = true;
    await this.#restarting?.catch(() => {});
    await this.#worker?.calls.close({}).catch(() => {});
    await this.#worker?.kill();
    this.#worker = undefined;
    this.#turns.release();
  }
}

const kept = { hint: 'Nothing of the cancelled statement was kept.' };
const stoppedOnly = () => problem('cancelled', 'Cancelled: the statement was stopped.', kept);

async function stopped(restart: Promise<number>) {
  const ms = await restart;
  const seconds = (ms / 1000).toFixed(1);
  return problem(
    'cancelled',
    `Cancelled: the statement was stopped and the database opened again in ${seconds} s.`,
    kept,
  );
}

/** WebAssembly gives no second chance after a trap or when its memory is used up. */
function isBroken(thrown: unknown): boolean {
  const { code, message } = toProblem(thrown);
  return code === 'bug' && /unreachable|out of bounds|memory|abort|exited/i.test(message);
}
