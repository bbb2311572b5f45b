import {
  keepPreviousData,
  QueryClient,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import type { Engine } from '../shared/contract/index.ts';
import { type Problem, toProblem } from '../shared/problem.ts';
import type { CallOptions } from '../shared/wire.ts';
import { engine, onEngineEvent, useConnection } from './engine.ts';
import { runTask } from './tasks.ts';

/** The rooms of the contract. */
export type RoomName = keyof Engine;
type CallOf<R extends RoomName, M extends keyof Engine[R]> = Engine[R][M] extends (
  arg: infer Arg,
  options?: CallOptions,
) => Promise<infer Result>
  ? { arg: Arg; result: Result }
  : never;
/** What a call takes. */
export type ArgOf<R extends RoomName, M extends keyof Engine[R]> = CallOf<R, M>['arg'];
/** What a call gives. */
export type ResultOf<R extends RoomName, M extends keyof Engine[R]> = CallOf<R, M>['result'];

const losses = 5;

/** The cache of everything read from the engine. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      networkMode: 'always',
      retry: (failures, thrown) => toProblem(thrown).code === 'engine_lost' && failures < losses,
      retryDelay: 100,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** How a read is cached: by room, method and argument. */
export const engineKey = (room: RoomName, method?: PropertyKey, arg?: unknown) =>
  [room, method, arg].filter((part) => part !== undefined);

/** Options of `useEngine`. */
export interface ReadOptions {
  readonly enabled?: boolean;
  /** Goes on showing the answer to the previous argument until the new one is there. */
  readonly keepPrevious?: boolean;
  /**
   * Cancels the engine's work when nobody looks any more. Only for slow reads: cancelling what runs restarts the database.
   */
  readonly cancellable?: boolean;
  /** Milliseconds to keep an answer nobody looks at; default five minutes. Set it low for bytes. */
  readonly keepFor?: number;
  /** Also stale when these rooms change. */
  readonly also?: readonly RoomName[];
  /** Reads again every so many milliseconds, for what no event tells of. */
  readonly every?: number;
  readonly onProgress?: CallOptions['onProgress'];
  /** By this name it is a task with progress and cancel, where it takes longer than a moment. */
  readonly asTask?: string;
}

/** What takes less is over before anybody could read of it. */
const momentMs = 600;

/** Calls the engine by names. */
export function callEngine<R extends RoomName, M extends keyof Engine[R]>(
  room: R,
  method: M,
  arg: ArgOf<R, M>,
  options?: CallOptions,
): Promise<ResultOf<R, M>> {
  const call = engine[room][method] as unknown as (
    arg: ArgOf<R, M>,
    options?: CallOptions,
  ) => Promise<ResultOf<R, M>>;
  return call(arg, options);
}

/** A read of the engine as query state; `problem` is set where it failed. */
export type Read<Result> = UseQueryResult<Result> & { readonly problem: Problem | undefined };

/** Reads the engine: cached by argument, read again after a change of the room or a restart of the engine. */
export function useEngine<R extends RoomName, M extends keyof Engine[R]>(
  room: R,
  method: M,
  arg: ArgOf<R, M>,
  options: ReadOptions = {},
): Read<ResultOf<R, M>> {
  const { cancellable, onProgress, asTask } = options;
  const read = useQuery<ResultOf<R, M>>({
    queryKey: engineKey(room, method, arg),
    queryFn: (context) =>
      asTask
        ? runTask(asTask, (call) => callEngine(room, method, arg, call), { shownAfter: momentMs })
        : callEngine(room, method, arg, {
            ...(cancellable ? { signal: context.signal } : {}),
            ...(onProgress ? { onProgress } : {}),
          }),
    meta: { also: options.also },
    ...(options.enabled === undefined ? {} : { enabled: options.enabled }),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
    ...(options.every === undefined ? {} : { refetchInterval: options.every }),
    ...(options.keepFor === undefined ? {} : { gcTime: options.keepFor }),
  });
  return { ...read, problem: read.error ? toProblem(read.error) : undefined } as Read<ResultOf<R, M>>;
}

/** A write of the engine as a button needs it: `run(arg)`, `busy`, and the problem of the last try. */
export function useEngineAction<R extends RoomName, M extends keyof Engine[R]>(room: R, method: M) {
  const mutation = useMutation<ResultOf<R, M>, unknown, ArgOf<R, M>>({
    mutationFn: (arg) => callEngine(room, method, arg),
  });
  return {
    run: mutation.mutateAsync,
    busy: mutation.isPending,
    result: mutation.data,
    problem: mutation.error ? toProblem(mutation.error) : undefined,
    reset: mutation.reset,
  };
}

/** Marks everything read of these rooms as stale; what is on screen is read again. */
export function roomsChanged(rooms: readonly RoomName[]) {
  return queryClient.invalidateQueries({
    predicate: ({ queryKey, meta }) =>
      rooms.includes(queryKey[0] as RoomName) ||
      rooms.some((room) => (meta?.['also'] as readonly RoomName[] | undefined)?.includes(room)),
  });
}

/** Asks now for what will be read in a moment. */
export function askAhead<R extends RoomName, M extends keyof Engine[R]>(
  room: R,
  method: M,
  arg: ArgOf<R, M>,
) {
  void queryClient.prefetchQuery({
    queryKey: engineKey(room, method, arg),
    queryFn: () => callEngine(room, method, arg),
  });
}

/** Asks for what the first screen shows, while the frame is still being drawn. */
export function readAhead() {
  askAhead('tables', 'list', {});
  askAhead('pipelines', 'list', {});
  askAhead('checks', 'list', {});
  askAhead('query', 'list', {});
}

/** Keeps the cache true: what changed is read again, everything after a new engine. */
export function keepCacheTrue() {
  onEngineEvent((event) => {
    if (event.event === 'changed') void roomsChanged([event.room]);
    else void queryClient.invalidateQueries({ predicate: ({ state }) => state.status === 'error' });
  });
  useConnection.subscribe(({ ports }, before) => {
    if (ports > 1 && ports !== before.ports) void queryClient.invalidateQueries();
  });
}
