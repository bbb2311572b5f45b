import { create } from 'zustand';
import { portMessages } from '../shared/bridge.ts';
import { contract, type Engine, type EngineEvent } from '../shared/contract/index.ts';
import { problem } from '../shared/problem.ts';
import { type CallOptions, type Connection, connect, type Port } from '../shared/wire.ts';
import { bridge } from './bridge.ts';

/** How the window stands with its engine; `reason` says why it is not connected. */
export interface ConnectionState {
  readonly phase: 'starting' | 'connected' | 'lost' | 'stopped';
  readonly reason?: string;
  /** How many ports have come: 1 after the start, more after restarts. */
  readonly ports: number;
}

/** The connection as the window shows it. */
export const useConnection = create<ConnectionState>(() => ({ phase: 'starting', ports: 0 }));

let current: Connection<typeof contract> | undefined;
const waiting = new Set<(connection: Connection<typeof contract>) => void>();
const eventListeners = new Set<(event: EngineEvent) => void>();

/** Hears everything the engine says unasked; returns how to stop. */
export function onEngineEvent(listener: (event: EngineEvent) => void): () => void {
  eventListeners.add(listener);
  return () => eventListeners.delete(listener);
}

function domPort(port: MessagePort, closed: () => void): Port {
  return {
    post: (message) => port.postMessage(message),
    listen: (receive, gone) => {
      port.addEventListener('close', () => {
        gone();
        closed();
      });
      port.onmessage = ({ data }) => receive(data);
    },
    close: () => port.close(),
  };
}

function receivePort(port: MessagePort) {
  current?.close('The engine was started again.');
  const connection = connect<typeof contract, EngineEvent>(
    contract,
    domPort(port, () => current === connection && lose('')),
    (event) => {
      for (const listener of eventListeners) listener(event);
    },
  );
  current = connection;
  useConnection.setState(({ ports }) => ({ phase: 'connected', reason: undefined, ports: ports + 1 }));
  for (const resume of waiting) resume(connection);
  waiting.clear();
}

function lose(reason: string, phase: 'lost' | 'stopped' = 'lost') {
  current?.close(reason || undefined);
  current = undefined;
  useConnection.setState({ phase, reason });
}

/** The connection, as soon as there is one. */
function connected(signal: AbortSignal | undefined): Promise<Connection<typeof contract>> {
  if (current) return Promise.resolve(current);
  return new Promise((resolve, reject) => {
    waiting.add(resolve);
    signal?.addEventListener(
      'abort',
      () => {
        if (waiting.delete(resolve)) reject(problem('cancelled', 'Cancelled before it started.'));
      },
      { once: true },
    );
  });
}

type AnyCall = (arg: unknown, options?: CallOptions) => Promise<unknown>;

const forward =
  (room: string, method: string): AnyCall =>
  async (arg, options) => {
    const { client } = await connected(options?.signal as AbortSignal | undefined);
    return (client as unknown as Record<string, Record<string, AnyCall>>)[room]?.[method]?.(arg, options);
  };

/** Every call of the engine; calls made while there is no engine wait for the next one. */
export const engine = Object.fromEntries(
  Object.entries(contract).map(([room, methods]) => [
    room,
    Object.fromEntries(Object.keys(methods).map((method) => [method, forward(room, method)])),
  ]),
) as unknown as Engine;

/** Starts to listen for engines; called once, before the first render. */
export function listenForEngine() {
  window.addEventListener('message', ({ source, data, ports: [port] }) => {
    if (source === window && data === portMessages.port && port) receivePort(port);
  });
  bridge.onEngineState((state) => {
    if (state.state === 'restarting') lose(state.reason);
    if (state.state === 'stopped') lose(state.reason, 'stopped');
  });
  window.postMessage(portMessages.listening, '*');
}
