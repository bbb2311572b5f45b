import { MessageChannel } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { nodePort } from '../../electron/engine/database/node-port.ts';
import { problem } from '../../shared/problem.ts';
import { progressRate } from '../../shared/progress-rate.ts';
import { call, connect, type Handlers, type Progress, serve } from '../../shared/wire.ts';

const contract = {
  room: {
    double: call(z.object({ value: z.number() })).returns<number>(),
    bytes: call(z.object({ length: z.number() })).returns<Uint8Array>(),
    wait: call(z.object({})).returns<string>(),
    fail: call(z.object({ how: z.enum(['problem', 'bug', 'unclonable']) })).returns<unknown>(),
  },
};

const handlers: Handlers<typeof contract> = {
  room: {
    double: async ({ value }) => value * 2,
    bytes: async ({ length }) => new Uint8Array(length).fill(7),
    wait: (_none, { signal, progress }) =>
      new Promise((_resolve, reject) => {
        progress({ title: 'Waiting', done: 1, total: 2, unit: 'rows' });
        signal.addEventListener('abort', () => reject(problem('cancelled', 'Stopped.')), { once: true });
      }),
    fail: async ({ how }) => {
      if (how === 'problem')
        throw problem('not_found', 'No such row.', { hint: 'Look elsewhere.', at: { line: 3 } });
      if (how === 'unclonable') return { run: () => 1 };
      throw new TypeError('x is undefined');
    },
  },
};

function open() {
  const { port1, port2 } = new MessageChannel();
  const events: string[] = [];
  const served = serve<typeof contract, string>(contract, handlers, nodePort(port1));
  const connection = connect<typeof contract, string>(contract, nodePort(port2), (event) =>
    events.push(event),
  );
  onTestFinished(() => connection.close());
  return { room: connection.client.room, connection, served, events, far: port1 };
}

test('a call is answered, calls at once each get their own answer', async () => {
  const { room } = open();
  expect(await Promise.all([1, 2, 3].map((value) => room.double({ value })))).toEqual([2, 4, 6]);
});

test('bytes cross as bytes', async () => {
  const { room } = open();
  const bytes = await room.bytes({ length: 1_000_000 });
  expect(bytes).toBeInstanceOf(Uint8Array);
  expect(bytes.length).toBe(1_000_000);
  expect(bytes[999_999]).toBe(7);
});

test('an argument that does not fit is refused at the door', async () => {
  const { room } = open();
  await expect(room.double({ value: 'two' as unknown as number })).rejects.toMatchObject({
    problem: { code: 'bad_input', message: expect.stringContaining('value') },
  });
});

test('a call that does not exist is refused, names of Object too', async () => {
  const { far } = open();
  for (const [roomName, name] of [
    ['room', 'constructor'],
    ['__proto__', 'toString'],
    ['none', 'double'],
  ]) {
    const { port1, port2 } = new MessageChannel();
    serve(contract, handlers, nodePort(port1));
    const reply = new Promise((resolve) => port2.once('message', resolve));
    port2.postMessage({ is: 'call', id: 1, room: roomName, name, arg: { value: 1 } });
    expect(await reply).toMatchObject({ is: 'failure', problem: { code: 'bug' } });
    port2.close();
  }
  far.close();
});

test('a problem arrives whole, a bug with its stack', async () => {
  const { room } = open();
  await expect(room.fail({ how: 'problem' })).rejects.toMatchObject({
    problem: { code: 'not_found', message: 'No such row.', hint: 'Look elsewhere.', at: { line: 3 } },
  });
  await expect(room.fail({ how: 'bug' })).rejects.toMatchObject({
    problem: { code: 'bug', message: 'x is undefined', stack: expect.stringContaining('wire.test') },
  });
});

test('a result that cannot be cloned still answers, with an error', async () => {
  const { room } = open();
  await expect(room.fail({ how: 'unclonable' })).rejects.toMatchObject({ problem: { code: 'bug' } });
});

test('progress arrives and cancel reaches the handler', async () => {
  const { room } = open();
  const abort = new AbortController();
  const seen: Progress[] = [];
  const waiting = room.wait(
    {},
    {
      signal: abort.signal,
      onProgress: (progress) => {
        seen.push(progress);
        abort.abort();
      },
    },
  );
  await expect(waiting).rejects.toMatchObject({ problem: { code: 'cancelled', message: 'Stopped.' } });
  expect(seen).toEqual([{ title: 'Waiting', done: 1, total: 2, unit: 'rows' }]);
});

test('a call given up before it is sent is never sent', async () => {
  const { room } = open();
  const abort = new AbortController();
  abort.abort();
  await expect(room.wait({}, { signal: abort.signal })).rejects.toMatchObject({
    problem: { code: 'cancelled' },
  });
});

test('when the other side goes, calls under way and later ones fail with engine_lost', async () => {
  const { room, far } = open();
  const waiting = room.wait({});
  far.close();
  await expect(waiting).rejects.toMatchObject({ problem: { code: 'engine_lost' } });
  await expect(room.double({ value: 1 })).rejects.toMatchObject({ problem: { code: 'engine_lost' } });
});

test('events arrive', async () => {
  const { served, events, room } = open();
  served.emit('hello');
  await room.double({ value: 1 });
  expect(events).toEqual(['hello']);
});

test('an argument that cannot be cloned rejects the call, and leaves nothing behind', async () => {
  const { room, connection } = open();
  const { signal } = new AbortController();
  const [added, removed] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')];
  const value = (() => 1) as unknown as number;
  await expect(room.double({ value }, { signal })).rejects.toMatchObject({ problem: { code: 'bug' } });
  expect(removed).toHaveBeenCalledTimes(1);
  const waiting = room.wait({}, { signal });
  connection.close();
  await expect(waiting).rejects.toMatchObject({ problem: { code: 'engine_lost' } });
  expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([2, 2]);
});

test('a rate is of what is being done: it begins anew with another title, and where less is done than before', () => {
  const now = vi.spyOn(performance, 'now');
  onTestFinished(() => now.mockRestore());
  const rateOf = progressRate();
  const at = (ms: number, title: string, done: number) => {
    now.mockReturnValue(ms);
    return rateOf({ title, done, unit: 'rows' });
  };
  expect([at(0, 'Sending', 0), at(1000, 'Sending', 50), at(2000, 'Counting', 1)]).toEqual([
    undefined,
    50,
    undefined,
  ]);
  expect([at(3000, 'Counting', 0), at(4000, 'Counting', 4)]).toEqual([undefined, 4]);
});
