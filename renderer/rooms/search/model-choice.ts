import type { EmbeddingModel } from '../../../shared/contract/search.ts';
import { choice, type Field } from '../../../shared/params.ts';
import { useEngine } from '../../use-engine.ts';

/** The models that a collection may be made by, that of the app first, and the folders of models/ that cannot be used. */
export function useModels() {
  const { data = [] } = useEngine('search', 'models', {}, { keepFor: 0 });
  return {
    usable: data.filter(({ problem }) => problem === null),
    broken: data.filter(({ problem }) => problem !== null),
  };
}

/** What a model is, in few words. */
const modelWords = ({ id, version, maxTokens, builtIn, endpoint }: EmbeddingModel): string =>
  endpoint
    ? `${id}, at ${new URL(endpoint.origin).host}`
    : `${id} ${builtIn ? '(built in)' : version}, reads ${maxTokens} tokens`;

/** The choice of a model; none where there is but one. */
export function modelShape(models: readonly EmbeddingModel[]): { readonly model?: Field<string> } {
  if (models.length < 2) return {};
  const offered = Object.fromEntries(models.map((model) => [model.id, modelWords(model)]));
  const help =
    'What makes the vectors. Others are folders of models/ with a model.yaml; questions are read by the same.';
  return { model: choice('Model', help, offered) };
}
