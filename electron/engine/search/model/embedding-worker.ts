import { parentPort, workerData } from 'node:worker_threads';
import type { z } from 'zod';
import { problem } from '../../../../shared/problem.ts';
import { serve } from '../../../../shared/wire.ts';
import { nodePort } from '../../database/node-port.ts';
import { embeddingContract } from './embedding-contract.ts';
import { type EmbeddingSession, loadSession } from './embedding-session.ts';
import { whileComputing } from './while-computing.ts';

const flags = workerData as Int32Array;
let session: EmbeddingSession | undefined;

const model = {
  async load({ model: loaded, overflow }: z.output<typeof embeddingContract.model.load.arg>) {
    session = await whileComputing.run(flags, () => loadSession(loaded, overflow));
    return null;
  },
  async embed({ texts }: { texts: string[] }) {
    const loaded = session;
    if (!loaded) throw problem('bug', 'The embedding model is not loaded.');
    return whileComputing.run(flags, () => loaded.embed(texts));
  },
};

if (parentPort) serve(embeddingContract, { model }, nodePort(parentPort));
