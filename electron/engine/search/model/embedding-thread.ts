import { Worker } from 'node:worker_threads';
import { connect } from '../../../../shared/wire.ts';
import { appFile } from '../../app-files.ts';
import { nodePort } from '../../database/node-port.ts';
import { embeddingContract } from './embedding-contract.ts';
import { type LoadableModel, modelFiles } from './model-files.ts';
import { whileComputing } from './while-computing.ts';

/** A thread with a loaded model. One call at a time. */
export interface EmbeddingThread {
  readonly busy: boolean;
  embed(texts: readonly string[]): Promise<Float32Array>;
  /** Ends the thread after the batch it is at. */
  stop(): Promise<void>;
}

/** Starts a thread; it keeps the process alive only while it is busy. */
export function startThread(readModel: () => Promise<LoadableModel>): EmbeddingThread {
  const flags = new Int32Array(new SharedArrayBuffer(whileComputing.flagBytes));
  const worker = new Worker(appFile('dist/embedding-worker.js'), { workerData: flags });
  const { client, close } = connect(embeddingContract, nodePort(worker));
  worker.on('error', (error) => close(`The embedding thread crashed: ${error.message}`));
  const atExit = () => whileComputing.stop(flags);
  process.once('exit', atExit);
  worker.once('exit', () => process.off('exit', atExit));
  const { overflow } = modelFiles(appFile('dist/assets/model'));
  const loaded = readModel().then((model) => client.model.load({ model, overflow }));
  loaded.catch(() => {});
  let current: Promise<unknown> | undefined;
  return {
    get busy() {
      return current !== undefined;
    },
    async embed(texts) {
      const vectors = loaded.then(() => client.model.embed({ texts: [...texts] }));
      current = vectors;
      worker.ref();
      try {
        return await vectors;
      } finally {
        current = undefined;
        worker.unref();
      }
    },
    async stop() {
      await Promise.allSettled([loaded, current]);
      await worker.terminate();
    },
  };
}
