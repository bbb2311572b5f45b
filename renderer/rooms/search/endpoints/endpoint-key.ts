import type { EmbeddingModel } from '../../../../shared/contract/search.ts';
import { bridge } from '../../../bridge.ts';
import { engine } from '../../../engine.ts';
import { toast } from '../../../ui/toast.tsx';

/** A model that is at an address. */
export type FarModel = EmbeddingModel & { readonly endpoint: NonNullable<EmbeddingModel['endpoint']> };

/** Whether texts would have to leave this computer to a model. */
export const isFar = (model: EmbeddingModel | undefined): model is FarModel =>
  model !== undefined && model.endpoint !== null;

/** Where the keychain keeps a model's key: by address, so that it never goes to another. */
const placeOf = ({ endpoint }: FarModel) => `embedding ${endpoint.origin} ${endpoint.keyName}`;

/** Whether a model takes a key that the engine does not have. */
export const lacksKey = ({ endpoint }: FarModel) => endpoint.keyName !== null && !endpoint.hasKey;

/** Gives the engine the key that the keychain keeps; false where there is none. */
export async function restoreKey(model: FarModel): Promise<boolean> {
  const key = await bridge.secretOf(placeOf(model));
  if (key === null) return false;
  await engine.search.giveKey({ model: model.id, origin: model.endpoint.origin, key });
  return true;
}

/** Gives the engine a key as it was typed, and the keychain where it is to keep it. */
export async function takeKey(model: FarModel, key: string, keep: boolean): Promise<void> {
  const refused = await bridge.keepSecret(placeOf(model), keep ? key : null);
  if (keep && refused !== null) toast({ title: 'The key is not kept', detail: refused, tone: 'warn' });
  await engine.search.giveKey({ model: model.id, origin: model.endpoint.origin, key });
}
