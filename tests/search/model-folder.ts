import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { appFile } from '../../electron/engine/app-files.ts';
import { modelFiles } from '../../electron/engine/search/model/model-files.ts';
import { integer, message, text } from '../../electron/setup/model/protobuf.ts';

const own = modelFiles(appFile('dist/assets/model'));

/** Field numbers: onnx/onnx, onnx/onnx.proto3. Messages that stand twice in a file are merged. */
const output = (name: string) =>
  message(7, [
    message(12, [
      text(1, name),
      message(2, [
        message(1, [
          integer(1, 1),
          message(2, [
            message(1, [text(2, 'batch')]),
            message(1, [text(2, 'tokens')]),
            message(1, [integer(1, 384)]),
          ]),
        ]),
      ]),
    ]),
  ]);

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/**
 * A folder with the app's own model as others make theirs: its graph also gives each token's numbers, which are pooled as
 * model.yaml says. `said` replaces what stands there.
 */
export async function makeModelFolder(
  folder: string,
  said: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const bytes = await readFile(own.model);
  const tokens =
    bytes
      .toString('latin1')
      .match(/Reshape \d+/g)
      ?.at(-1) ?? '';
  const model = Buffer.concat([bytes, output(tokens)]);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'model.onnx'), model);
  await copyFile(own.tokenizer, join(folder, 'tokenizer.json'));
  await describeModel(folder, {
    id: 'second',
    version: '1',
    files: { 'model.onnx': hashOf(model), 'tokenizer.json': hashOf(await readFile(own.tokenizer)) },
    output: tokens,
    dimensions: 384,
    maxTokens: 256,
    pooling: 'mean',
    licence: 'Apache-2.0',
    ...said,
  });
}

/** Writes a folder's model.yaml. */
export async function describeModel(folder: string, said: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'model.yaml'), stringify(said));
}

/** Changes some of what a folder's model.yaml says. */
export async function describeOtherwise(
  folder: string,
  said: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { parse } = await import('yaml');
  const before = parse(await readFile(join(folder, 'model.yaml'), 'utf8')) as Record<string, unknown>;
  await describeModel(folder, { ...before, ...said });
}
