import { problem } from '../../../../shared/problem.ts';
import { type LoadableModel, modelFiles, readDescription } from './model-files.ts';

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
    checked: [{ file: files.model, sha256: description.sha256 }],
    pooling: 'none',
    output: 'sentence_embedding',
    normalise: false,
    prefixes: { query: '', document: '' },
    language: 'English',
    hint,
  };
}
