import { z } from 'zod';
import { call } from '../../../../shared/wire.ts';
import type { ModelDescription } from './model-files.ts';

/** Every call between the engine and a worker that computes embeddings. */
export const embeddingContract = {
  model: {
    load: call(z.object({ dir: z.string() })).returns<ModelDescription>(),
    /** The vectors of the texts, one after the other. */
    embed: call(z.object({ texts: z.array(z.string()) })).returns<Float32Array>(),
  },
};
