import { z } from 'zod';
import { call } from '../wire.ts';

const word = z.string().trim().min(1).max(200);

/** Calls about models that are at an address, as OpenAI's and servers like it. */
export const endpointCalls = {
  /** Describes a model at an address as models/FOLDER/model.yaml; nothing is sent by that. */
  addEndpoint: call(
    z.object({
      /** Also the model's id. */
      name: z
        .string()
        .regex(/^[\w][\w.-]*$/, 'letters, digits, _ - and . only')
        .max(60),
      url: z.string().trim(),
      model: word,
      dimensions: z.number().int(),
      maxTokens: z.number().int(),
      /** The environment variable that the command line reads the key of. */
      key: z.string().optional(),
    }),
  ).returns<null>(),
  /** Gives the key of a model while the engine runs; it goes to the address that was named, and nowhere else. */
  giveKey: call(
    z.object({ model: z.string(), origin: z.string(), key: z.string().min(1).nullable() }),
  ).returns<null>(),
  /** Sends no more texts to a model's address until somebody agrees again. */
  forbidEndpoint: call(z.object({ model: z.string() })).returns<null>(),
};
