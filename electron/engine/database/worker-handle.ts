import { Worker } from 'node:worker_threads';
import { type Connection, connect } from '../../../shared/wire.ts';
import { appFile } from '../app-files.ts';
import { sharedCompiled } from './compiled.ts';
import { nodePort } from './node-port.ts';
import { workerContract } from './worker-contract.ts';

/** A worker that owns PGlite, as long as it lives. */
export interface WorkerHandle {
  readonly calls: Connection<typeof workerContract>['client']['database'];
  /** Stops the thread at once, whatever it does; PGlite's log replays at the next open. */
  kill(): Promise<void>;
}

/** Starts a worker and opens the data folder in it. */
export async function startWorker(dataDir: string): Promise<WorkerHandle> {
  const worker = new Worker(appFile('dist/database-worker.js'));
  const { client, close } = connect(workerContract, nodePort(worker));
  const handle: WorkerHandle = {
    calls: client.database,
    kill: async () => {
      close('The database was stopped.');
      await worker.terminate();
    },
  };
  worker.on('error', (error) => close(`The database crashed: ${error.message}`));
  try {
    // The thread loads its code while the program is compiled here.
    await client.database.open({ dataDir, compiled: await sharedCompiled() });
    return handle;
  } catch (thrown) {
    await handle.kill();
    throw thrown;
  }
}
