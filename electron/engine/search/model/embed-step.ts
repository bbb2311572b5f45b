import { problem } from '../../../../shared/problem.ts';
import type { EmbedTexts } from '../../pipelines/plan/text-vectors.ts';
import type { Models } from './models.ts';

/** Texts of pipelines as vectors of the model that a step names; they never leave this computer. */
export const embedsForSteps =
  (models: Models): EmbedTexts =>
  async (texts, { model, turn, ...options } = {}) => {
    const embedder = await models.named(model?.id, turn);
    if (model === undefined) return embedder.embed(texts, options);
    const endpoint = await embedder.endpoint();
    if (endpoint) {
      throw problem(
        'bad_input',
        `Pipelines send no texts away, and "${model.id}" is at ${endpoint.origin}.`,
        {
          hint: 'Choose a model on this computer; or embed the table as a collection.',
        },
      );
    }
    const { version } = await embedder.describe();
    if (version === model.version) return embedder.embed(texts, options);
    throw problem(
      'bad_input',
      `The step wants version "${model.version}" of "${model.id}", which has version "${version}" here.`,
      { hint: 'Write that version into the step; its vectors are made anew then.' },
    );
  };
