import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { z } from 'zod';
import { nodePort } from '../../electron/engine/database/node-port.ts';
import type { Page } from '../../shared/contract/tables.ts';
import { call, connect, serve } from '../../shared/wire.ts';
import { defineBench } from './harness.ts';

const bytes = new Uint8Array(16 * 1024 * 1024).map((_, at) => at * 31);
const contract = { tables: { page: call(z.object({ offset: z.number() })).returns<Page>() } };

const wired = new MessageChannel();
serve(
  contract,
  { tables: { page: async ({ offset }) => ({ bytes, offset, rows: 1, total: 1 }) } },
  nodePort(wired.port1),
);
const { client } = connect(contract, nodePort(wired.port2));

const bare = new MessageChannel();
bare.port1.on('message', () => bare.port1.postMessage(bytes));

async function peer(): Promise<void> {
  const answer = once(bare.port2, 'message');
  bare.port2.postMessage(0);
  await answer;
}

export default defineBench({
  name: 'page-16mb',
  unit: 'ms',
  goal: 2,
  peerName: 'a bare postMessage of the same bytes',
  runs: 15,
  ours: () => client.tables.page({ offset: 0 }),
  peer,
  cleanup: async () => {
    wired.port1.close();
    bare.port1.close();
  },
});
