import { Worker } from 'node:worker_threads';
import { problem } from '../../../../shared/problem.ts';
import { type Client, connect } from '../../../../shared/wire.ts';
import { appFile } from '../../app-files.ts';
import { nodePort } from '../../database/node-port.ts';
import { mapContract } from './map-contract.ts';

/** Runs one piece of work in a thread of its own. A cancel ends the thread: nothing was written yet. */
export async function inMapThread<T>(
  signal: AbortSignal,
  work: (client: Client<typeof mapContract>['map']) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const worker = new Worker(appFile('dist/map-worker.js'));
  const { client, close } = connect(mapContract, nodePort(worker));
  worker.on('error', (error) => close(`The map's thread crashed: ${error.message}`));
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(problem('cancelled', 'Stopped; nothing was written.')), {
      once: true,
    });
  });
  try {
    return await Promise.race([work(client.map), stopped]);
  } finally {
    close();
    await worker.terminate();
  }
}
