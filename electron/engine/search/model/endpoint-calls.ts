import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Room } from '../../../../shared/contract/index.ts';
import { problem } from '../../../../shared/problem.ts';
import { describe } from '../../../../shared/wire.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { writeWhole } from '../../workspace/write-whole.ts';
import { type Endpoint, endpointManifest } from './endpoint-manifest.ts';
import { manifestName } from './model-words.ts';
import { type Models, modelsFolder } from './models.ts';

/** The calls that describe a model at an address, and say what may go there. */
export const endpointCalls = (
  workspace: Workspace,
  models: Models,
  changed: () => void,
): Pick<Room<'search'>, 'addEndpoint' | 'giveKey' | 'forbidEndpoint'> => ({
  async addEndpoint({ name, url, model, dimensions, maxTokens, key }) {
    const endpoint = { url, model, ...(key ? { key } : {}) };
    const said = { id: name, endpoint, dimensions, maxTokens };
    const read = endpointManifest.safeParse(said);
    if (!read.success) throw problem('bad_input', `That is no model: ${describe(read.error)}`);
    await refuseTaken(workspace, models, name);
    const { stringify } = await import('yaml');
    await writeWhole(join(workspace.path(modelsFolder), name, manifestName), stringify(said));
    changed();
    return null;
  },
  async giveKey({ model, origin, key }) {
    const endpoint = await endpointOf(models, model);
    // model.yaml may have been changed since somebody was asked for the key.
    if (endpoint.origin !== origin) {
      throw problem('bad_input', `"${model}" is at ${endpoint.origin} now: the key is for ${origin}.`);
    }
    models.gate.giveKey(endpoint, key);
    changed();
    return null;
  },
  async forbidEndpoint({ model }) {
    await models.gate.forbid(await endpointOf(models, model));
    changed();
    return null;
  },
});

async function refuseTaken(workspace: Workspace, models: Models, name: string): Promise<void> {
  const taken = (await models.list()).some(({ id }) => id === name);
  if (!taken && !existsSync(join(workspace.path(modelsFolder), name))) return;
  throw problem('bad_input', `There is a model "${name}" already.`, { hint: 'Choose another name.' });
}

async function endpointOf(models: Models, id: string): Promise<Endpoint> {
  const endpoint = await models.endpointOf(id);
  if (endpoint) return endpoint;
  throw problem('bad_input', `The model "${id}" is on this computer.`);
}
