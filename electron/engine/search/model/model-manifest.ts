import { access, readFile } from 'node:fs/promises';
import { basename, isAbsolute, join, normalize } from 'node:path';
import { z } from 'zod';
import { problem, toProblem } from '../../../../shared/problem.ts';
import { describe } from '../../../../shared/wire.ts';
import { type EndpointModel, endpointManifest, endpointModel } from './endpoint-manifest.ts';
import { type LoadableModel, pooling } from './model-files.ts';
import { manifestName, mostDimensions, word } from './model-words.ts';

const fileName = word.refine(
  (name) => !isAbsolute(name) && !normalize(name).startsWith('..'),
  'files lie in the folder of the model',
);

const manifest = z.strictObject({
  id: word,
  version: z.union([word, z.number()]).transform(String),
  /** The SHA-256 of each file, also of those that hold weights beside the graph. */
  files: z.record(
    fileName,
    z
      .string()
      .regex(/^[0-9a-f]{64}$/i, 'a SHA-256 has 64 hexadecimal digits')
      .transform((hash) => hash.toLowerCase()),
  ),
  model: fileName.default('model.onnx'),
  tokenizer: fileName.default('tokenizer.json'),
  output: word.optional(),
  dimensions: z.number().int().min(1).max(mostDimensions),
  maxTokens: z.number().int().min(8).max(1_000_000),
  pooling,
  normalise: z.boolean().default(true),
  queryPrefix: z.string().default(''),
  documentPrefix: z.string().default(''),
  language: word.optional(),
  licence: word,
});

type Manifest = z.infer<typeof manifest>;

/** Reads what model.yaml in a folder says: a model of files, or one at an address. */
export async function readModel(folder: string): Promise<LoadableModel | EndpointModel> {
  const said = await parsed(join(folder, manifestName));
  if (typeof said !== 'object' || said === null || !('endpoint' in said)) return ofFiles(folder, said);
  return endpointModel(folder, valid(endpointManifest, folder, said));
}

/** Reads a model of files; they are there, and are looked into when the model is loaded. */
export const readManifest = async (folder: string): Promise<LoadableModel> =>
  ofFiles(folder, await parsed(join(folder, manifestName)));

async function ofFiles(folder: string, said: unknown): Promise<LoadableModel> {
  const read = valid(manifest, folder, said);
  await refuseMissing(folder, read);
  return loadable(folder, read);
}

function valid<Said>(shape: z.ZodType<Said>, folder: string, said: unknown): Said {
  const read = shape.safeParse(said);
  if (read.success) return read.data;
  const file = join(folder, manifestName);
  throw problem('bad_input', `The model in ${basename(folder)}/ is not described: ${describe(read.error)}`, {
    hint: `Mend ${file} by hand.`,
    at: { file },
  });
}

async function parsed(file: string): Promise<unknown> {
  try {
    const { parse } = await import('yaml');
    return parse(await readFile(file, 'utf8'));
  } catch (thrown) {
    throw problem('bad_input', `The model cannot be read: ${toProblem(thrown).message}`, {
      hint: `Mend ${file} by hand.`,
      at: { file },
      cause: thrown,
    });
  }
}

async function refuseMissing(folder: string, { id, files, model, tokenizer }: Manifest): Promise<void> {
  const unlisted = [model, tokenizer].find((name) => files[name] === undefined);
  if (unlisted !== undefined) {
    throw problem(
      'bad_input',
      `The model "${id}" needs ${unlisted}, whose SHA-256 does not stand under files.`,
      {
        hint: `Add it in ${join(folder, manifestName)}.`,
        at: { file: join(folder, manifestName) },
      },
    );
  }
  for (const name of Object.keys(files)) {
    const file = join(folder, name);
    await access(file).catch((cause: unknown) => {
      throw problem('not_found', `The model "${id}" lacks its file ${name}.`, {
        hint: `Put it into ${folder}, or mend ${manifestName} there.`,
        at: { file },
        cause,
      });
    });
  }
}

function loadable(folder: string, from: Manifest): LoadableModel {
  const { id, version, files, model, tokenizer, dimensions, maxTokens, output, language } = from;
  return {
    description: {
      id,
      version,
      dimensions,
      maxTokens,
      normalised: from.normalise,
      sha256: files[model] ?? '',
      licence: from.licence,
    },
    graph: join(folder, model),
    tokenizer: join(folder, tokenizer),
    checked: Object.entries(files).map(([name, sha256]) => ({ file: join(folder, name), sha256 })),
    pooling: from.pooling,
    normalise: from.normalise,
    prefixes: { query: from.queryPrefix, document: from.documentPrefix },
    hint: `Mend ${manifestName} in ${folder}, or put the right files there.`,
    ...(output === undefined ? {} : { output }),
    ...(language === undefined ? {} : { language }),
  };
}
