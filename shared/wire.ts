import type { z } from 'zod';
import { type Problem, ProblemError, problem, toProblem } from './problem.ts';

/** How far a long call is; `total` is absent while it is not known. */
export interface Progress {
  readonly title: string;
  readonly done: number;
  readonly total?: number;
  /** What it is made of, where several things come on by themselves. */
  readonly parts?: readonly {
    readonly name: string;
    readonly done: number;
    readonly total: number;
    readonly bytes: number;
  }[];
  /** Rows so far, where the unit is another. */
  readonly rows?: number;
  readonly unit: 'bytes' | 'rows' | 'columns' | 'texts' | 'steps' | 'checks' | 'tables' | 'files';
}

/** One call of a contract: the schema of its argument and, as a type only, its result. */
export interface Method<Arg extends z.ZodType, Result> {
  readonly arg: Arg;
  readonly result?: Result;
}

/** Declares a call: `page: call(z.object({ table: z.string() })).returns<Page>()`. */
export const call = <Arg extends z.ZodType>(arg: Arg) => ({
  returns: <Result>(): Method<Arg, Result> => ({ arg }),
});

/** A contract: calls grouped by room. */
export type Contract = Readonly<Record<string, Readonly<Record<string, Method<z.ZodType, unknown>>>>>;

type ResultOf<M> = M extends Method<z.ZodType, infer Result> ? Result : never;

/** What a caller may give along with the argument. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** What a handler gets along with the argument. */
export interface CallContext {
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
}

/** The contract as its caller sees it. */
export type Client<C extends Contract> = {
  readonly [Room in keyof C]: {
    readonly [Name in keyof C[Room]]: (
      arg: z.input<C[Room][Name]['arg']>,
      options?: CallOptions,
    ) => Promise<ResultOf<C[Room][Name]>>;
  };
};

/** The contract as its server fulfils it. */
export type Handlers<C extends Contract> = {
  readonly [Room in keyof C]: {
    readonly [Name in keyof C[Room]]: (
      arg: z.output<C[Room][Name]['arg']>,
      context: CallContext,
    ) => Promise<ResultOf<C[Room][Name]>>;
  };
};

/** What the DOM's, Node's and Electron's ports have in common. `post` copies by structured clone, bytes too. */
export interface Port {
  post(message: unknown): void;
  /** `closed` is called once when the other side is gone. */
  listen(receive: (message: unknown) => void, closed: () => void): void;
  close(): void;
}

type Envelope<Event> =
  | {
      readonly is: 'call';
      readonly id: number;
      readonly room: string;
      readonly name: string;
      readonly arg: unknown;
    }
  | { readonly is: 'cancel'; readonly id: number }
  | { readonly is: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly is: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly is: 'failure'; readonly id: number; readonly problem: Problem }
  | { readonly is: 'event'; readonly event: Event };

/** The serving end of a port. */
export interface Served<Event> {
  /** Tells the other side something it did not ask for. */
  emit(event: Event): void;
}

/** Answers calls of `contract` that arrive at `port`, each argument validated first. A closed port cancels its calls. */
export function serve<C extends Contract, Event = never>(
  contract: C,
  handlers: Handlers<C>,
  port: Port,
  options: { readonly onBug?: (thrown: unknown) => void } = {},
): Served<Event> {
  const running = new Map<number, AbortController>();
  const post = (envelope: Envelope<Event>) => port.post(envelope);

  const answer = async ({ id, room, name, arg }: Envelope<Event> & { is: 'call' }) => {
    const abort = new AbortController();
    running.set(id, abort);
    try {
      const context = {
        signal: abort.signal,
        progress: (progress: Progress) => post({ is: 'progress', id, progress }),
      };
      const value = await dispatch(contract, handlers, room, name, arg, context);
      post({ is: 'reply', id, value });
    } catch (thrown) {
      const failed = toProblem(thrown);
      if (failed.code === 'bug') options.onBug?.(thrown);
      post({ is: 'failure', id, problem: failed });
    } finally {
      running.delete(id);
    }
  };

  port.listen(
    (message) => {
      const envelope = message as Envelope<Event>;
      if (envelope.is === 'call') void answer(envelope);
      if (envelope.is === 'cancel') running.get(envelope.id)?.abort();
    },
    () => {
      for (const abort of running.values()) abort.abort();
    },
  );
  return { emit: (event) => post({ is: 'event', event }) };
}

async function dispatch<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  room: string,
  name: string,
  arg: unknown,
  context: CallContext,
): Promise<unknown> {
  const method = own(own(contract, room), name);
  const handler = own(own(handlers, room), name);
  if (!method || !handler) throw problem('bug', `There is no call ${room}.${name}.`);
  const parsed = method.arg.safeParse(arg);
  if (!parsed.success) throw problem('bad_input', `${room}.${name}: ${describe(parsed.error)}`);
  return (handler as (arg: unknown, context: CallContext) => Promise<unknown>)(parsed.data, context);
}

const own = <T extends object, K extends string>(of: T | undefined, key: K) =>
  of && Object.hasOwn(of, key) ? (of as Record<K, T[keyof T]>)[key] : undefined;

/** A schema's complaints in one line: `columns.0.type: expected string`. */
export function describe(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length ? `${path.join('.')}: ${message}` : message))
    .join('; ');
}

interface Waiting {
  resolve(value: unknown): void;
  reject(thrown: ProblemError): void;
  onProgress: CallOptions['onProgress'];
  /** Lets go of the caller's signal. */
  settled(): void;
}

/** The calling end of a port. */
export interface Connection<C extends Contract> {
  readonly client: Client<C>;
  /** Rejects what is under way with `engine_lost` and closes the port. */
  close(reason?: string): void;
}

const again = { hint: 'What was saved is safe. Do it again when the engine is back.' };

/** Calls `contract` over `port`; events go to `onEvent`. */
export function connect<C extends Contract, Event = never>(
  contract: C,
  port: Port,
  onEvent: (event: Event) => void = () => {},
): Connection<C> {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let lost: string | undefined;

  const settle = (id: number) => {
    const call = waiting.get(id);
    waiting.delete(id);
    call?.settled();
    return call;
  };

  const lose = (reason: string) => {
    lost = reason;
    for (const id of [...waiting.keys()]) settle(id)?.reject(problem('engine_lost', reason, again));
  };

  const receive = (message: unknown) => {
    const envelope = message as Envelope<Event>;
    if (envelope.is === 'event') return onEvent(envelope.event);
    if (envelope.is === 'progress') return waiting.get(envelope.id)?.onProgress?.(envelope.progress);
    const call = settle(envelope.id);
    if (envelope.is === 'reply') call?.resolve(envelope.value);
    if (envelope.is === 'failure') call?.reject(new ProblemError(envelope.problem));
  };
  port.listen(receive, () => lose('This was under way then, and was not done.'));

  const send = (room: string, name: string, arg: unknown, { signal, onProgress }: CallOptions = {}) =>
    new Promise((resolve, reject) => {
      if (lost) return reject(problem('engine_lost', lost, again));
      if (signal?.aborted) return reject(problem('cancelled', 'Cancelled before it started.'));
      const id = ++lastId;
      const cancel = () => port.post({ is: 'cancel', id });
      const settled = () => signal?.removeEventListener('abort', cancel);
      waiting.set(id, { resolve, reject, onProgress, settled });
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        port.post({ is: 'call', id, room, name, arg });
      } catch (thrown) {
        settle(id)?.reject(new ProblemError(toProblem(thrown)));
      }
    });

  return {
    client: clientOf(contract, send),
    close: (reason = 'The connection was closed.') => {
      lose(reason);
      port.close();
    },
  };
}

type Send = (room: string, name: string, arg: unknown, options?: CallOptions) => Promise<unknown>;

const clientOf = <C extends Contract>(contract: C, send: Send): Client<C> =>
  mapValues(contract, (methods, room) =>
    mapValues(
      methods,
      (_method, name) => (arg: unknown, options?: CallOptions) => send(room, name, arg, options),
    ),
  ) as unknown as Client<C>;

const mapValues = <V, R>(of: Readonly<Record<string, V>>, to: (value: V, key: string) => R) =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, to(value, key)]));
