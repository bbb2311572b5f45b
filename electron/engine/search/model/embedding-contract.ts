import { z } from 'zod';
import { call } from '../../../../shared/wire.ts';
import { loadableModel } from './model-files.ts';

/** Every call between the engine and a worker that computes embeddings. */
export const embeddingContract = {
  model: {
    load: call(z.object({ model: loadableModel, overflow: z.string() })).returns<null>(),
    /** The vectors of the texts, one after the other. */
    embed: call(z.object({ texts: z.array(z.string()) })).returns<Float32Array>(),
  },
};
