import { Socket } from 'node:net';

/** What this process has to do with servers: the places it is connected to now, and how often it connected. */
export interface Connections {
  readonly open: readonly string[];
  readonly made: number;
}

const open = new Map<Socket, string>();
let made = 0;

/** The connections since `watchConnections`. */
export const connections = (): Connections => ({ open: [...new Set(open.values())], made });

/** Notes every connection that any code of this process makes, at the one door all of them go through. */
export function watchConnections(changed: () => void): void {
  const connect = Socket.prototype.connect as (this: Socket, ...args: unknown[]) => Socket;
  function noted(this: Socket, ...args: unknown[]): Socket {
    const place = placeOf(args);
    if (place !== undefined) note(this, place, changed);
    return connect.apply(this, args);
  }
  Socket.prototype.connect = noted as typeof Socket.prototype.connect;
}

function note(socket: Socket, place: string, changed: () => void): void {
  socket.once('connect', () => {
    open.set(socket, place);
    made += 1;
    changed();
    socket.once('close', () => {
      open.delete(socket);
      changed();
    });
  });
}

/** `host:port` in each of the ways that Node takes it; nothing for a pipe, which stays on this computer. */
function placeOf([first, second]: readonly unknown[]): string | undefined {
  const given = Array.isArray(first) ? (first[0] as unknown) : first;
  if (typeof given !== 'object' || given === null) {
    return Number.isNaN(Number(given))
      ? undefined
      : `${typeof second === 'string' ? second : 'localhost'}:${given}`;
  }
  const {
    host = 'localhost',
    port,
    path,
  } = given as { host?: string; port?: number | string; path?: string };
  return path || port === undefined ? undefined : `${host}:${port}`;
}
