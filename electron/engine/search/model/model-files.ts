import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const description = z.object({
  id: z.string(),
  version: z.string(),
  dimensions: z.number().int(),
  normalised: z.boolean(),
  maxTokens: z.number().int(),
  /** Of model.onnx. */
  sha256: z.string(),
  licence: z.string(),
});

/** What an embedding model is, as model.json beside it says. Vectors of another id or version are not compared. */
export type ModelDescription = z.infer<typeof description>;

/** The files of a model's folder. */
export const modelFiles = (dir: string) => ({
  model: join(dir, 'model.onnx'),
  /** Tells whether this processor's fast 8-bit products overflow. */
  overflow: join(dir, 'overflow.onnx'),
  tokenizer: join(dir, 'tokenizer.json'),
  description: join(dir, 'model.json'),
});

export async function readDescription(dir: string): Promise<ModelDescription> {
  return description.parse(JSON.parse(await readFile(modelFiles(dir).description, 'utf8')));
}
