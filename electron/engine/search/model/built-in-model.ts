import { problem } from '../../../../shared/problem.ts';
import { type LoadableModel, modelFiles, readDescription } from './model-files.ts';

/** Of the tokenizer's file as it is published: with another one texts get other vectors. */
export const tokenizerHash = 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037';

const hint = 'Install Assay again, or build it again.';

/** The app's own model in its folder, whose graph takes the mean and makes it length 1. */
export async function builtInModel(dir: string): Promise<LoadableModel> {
  const files = modelFiles(dir);
  const description = await readDescription(dir).catch((cause: unknown) => {
    throw problem('not_found', `The embedding model is missing in ${dir}.`, { hint, cause });
  });
  return {
    description,
    graph: files.model,
    tokenizer: files.tokenizer,
    checked: [
      { file: files.model, sha256: description.sha256 },
      { file: files.tokenizer, sha256: tokenizerHash },
    ],
    pooling: 'none',
    output: 'sentence_embedding',
    normalise: false,
    prefixes: { query: '', document: '' },
    language: 'English',
    hint,
  };
}
