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

/** How the numbers of a text's tokens become its vector; `none` where the graph itself gives one vector for each text. */
export const pooling = z.enum(['mean', 'cls', 'none']);

/** A model as it is loaded: what it is, its files, and how its graph is asked. */
export const loadableModel = z.object({
  description,
  graph: z.string(),
  tokenizer: z.string(),
  /** Files that are checked before anything is loaded. */
  checked: z.array(z.object({ file: z.string(), sha256: z.string() })),
  pooling,
  /** The graph's output; where none is named, it is the usual one for its pooling. */
  output: z.string().optional(),
  /** Whether vectors are made length 1 after the graph gave them. */
  normalise: z.boolean(),
  /** What stands before a question and before a document when the model reads it. */
  prefixes: z.object({ query: z.string(), document: z.string() }),
  /** The language that it was made for, where that is one. */
  language: z.string().optional(),
  /** What to do where a file is missing or damaged. */
  hint: z.string(),
});

export type LoadableModel = z.infer<typeof loadableModel>;

/** The files of the folder of the app's own model. */
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
