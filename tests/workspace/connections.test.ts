import { once } from 'node:events';
import { createServer as createWebServer } from 'node:http';
import { type AddressInfo, connect, createServer, Socket } from 'node:net';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { connections, watchConnections } from '../../electron/engine/connections.ts';
import { scratchFolder } from '../open-test-engine.ts';

test('every connection counts while it is open, however it is made, also by fetch; a pipe on this computer does not', async () => {
  const changed = vi.fn();
  watchConnections(changed);
  expect(connections()).toEqual({ open: [], made: 0 });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const place = `127.0.0.1:${port}`;
  const ways = [
    () => connect({ port, host: '127.0.0.1' }),
    () => connect(port, '127.0.0.1'),
    () => new Socket().connect(port, '127.0.0.1'),
  ];
  for (const [at, way] of ways.entries()) {
    const socket = way();
    await once(socket, 'connect');
    expect(connections()).toEqual({ open: [place], made: at + 1 });
    socket.destroy();
    await once(socket, 'close');
    expect(connections()).toEqual({ open: [], made: at + 1 });
  }
  expect(changed).toHaveBeenCalledTimes(6);
  server.close();
  const pipe = createServer().listen(join(await scratchFolder(), 'pipe'));
  await once(pipe, 'listening');
  const local = connect(pipe.address() as string);
  await once(local, 'connect');
  expect(connections()).toEqual({ open: [], made: 3 });
  local.destroy();
  pipe.close();
  const web = createWebServer((_, response) => response.end('here')).listen(0, '127.0.0.1');
  await once(web, 'listening');
  const address = `127.0.0.1:${(web.address() as AddressInfo).port}`;
  expect(await (await fetch(`http://${address}/`)).text()).toBe('here');
  expect(connections()).toEqual({ open: [address], made: 4 });
  web.closeAllConnections();
  web.close();
});
