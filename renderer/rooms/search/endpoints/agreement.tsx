import { problem } from '../../../../shared/problem.ts';
import { engine } from '../../../engine.ts';
import { ask } from '../../../ui/ask.tsx';
import type { ArgOf } from '../../../use-engine.ts';
import { type FarModel, isFar, lacksKey, restoreKey, takeKey } from './endpoint-key.ts';
import { type Given, SendDialog } from './send-dialog.tsx';

type Request = ArgOf<'search', 'embed'>;

/** What is to be embedded, once a person agreed to where its texts go; `cancelled` where they do not. */
export async function agreed(request: Request): Promise<Request> {
  const model = request.vectors === undefined ? await farModel(request.model) : undefined;
  if (!model) return request;
  const needsKey = lacksKey(model) && !(await restoreKey(model));
  if (!model.endpoint.allowed || needsKey) {
    const texts = request.template === undefined ? (request.columns ?? []).join(', ') : request.template;
    await askFor(model, needsKey, `the texts of ${texts} in ${request.table}`);
  }
  return { ...request, allowEndpoint: model.endpoint.origin };
}

/** Asks for another key of a model. */
export const askForKey = (model: FarModel): Promise<void> => askFor(model, true, undefined);

async function askFor(model: FarModel, needsKey: boolean, texts: string | undefined): Promise<void> {
  const given = await ask<Given | null>((answer) => (
    <SendDialog model={model} needsKey={needsKey} texts={texts} answer={answer} />
  ));
  if (given === null) throw problem('cancelled', 'Nothing was sent.');
  if (needsKey) await takeKey(model, given.key, given.keep);
}

async function farModel(id: string | undefined): Promise<FarModel | undefined> {
  if (id === undefined) return undefined;
  const found = (await engine.search.models({})).find((one) => one.id === id);
  return isFar(found) ? found : undefined;
}
