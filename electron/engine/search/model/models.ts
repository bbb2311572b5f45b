import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmbeddingModel } from '../../../../shared/contract/search.ts';
import { type Problem, ProblemError, problem, toProblem } from '../../../../shared/problem.ts';
import { listFolder } from '../../workspace/list-folder.ts';
import { bundledEmbedder, type Embedder, openEmbedder } from './embedder.ts';
import { endpointEmbedder } from './endpoint-embedder.ts';
import type { EndpointGate } from './endpoint-gate.ts';
import type { Endpoint, EndpointModel } from './endpoint-manifest.ts';
import type { LoadableModel } from './model-files.ts';
import { readModel } from './model-manifest.ts';
import type { ModelMarks, Turn } from './model-marks.ts';
import { manifestName } from './model-words.ts';

/** The folder of a workspace in which each folder with a model.yaml is a model. */
export const modelsFolder = 'models';

/** The models that texts can be embedded by. */
export interface Models {
  /** What lets texts out to models that are elsewhere. */
  readonly gate: EndpointGate;
  /** Every model, that of the app first; one that cannot be used says why. */
  list(): Promise<readonly EmbeddingModel[]>;
  /** The embedder of a model by its id; that of the app where none is named. One that makes other vectors than before is refused; whoever has the database gives a `turn` of its own. */
  named(id?: string, turn?: Turn): Promise<Embedder>;
  /** Where a model is; undefined for one on this computer. */
  endpointOf(id: string): Promise<Endpoint | undefined>;
}

type FolderModel = LoadableModel | EndpointModel;

type Found =
  | { readonly folder: string; readonly model: FolderModel }
  | { readonly folder: string; readonly problem: Problem };

/** The app's own model and those in a folder, which is looked into whenever it is asked. */
export function openModels(
  folder: string,
  { gate, marks }: { readonly gate: EndpointGate; readonly marks: ModelMarks },
  builtIn: Embedder = bundledEmbedder(),
): Models {
  const opened = new Map<string, { readonly as: string; readonly embedder: Embedder }>();
  const embedderOf = (model: FolderModel): Embedder => {
    const { id } = model.description;
    const as = JSON.stringify(model);
    const before = opened.get(id);
    if (before?.as === as) return before.embedder;
    void before?.embedder.close();
    const embedder = 'endpoint' in model ? endpointEmbedder(model, gate) : openEmbedder(async () => model);
    opened.set(id, { as, embedder });
    return embedder;
  };
  return {
    gate,
    async list() {
      const own = await builtIn.describe();
      const found = await modelsIn(folder, own.id);
      const told = await Promise.all(found.map((one) => toldOf(one, gate)));
      return [{ ...listed(own), builtIn: true, folder: null, endpoint: null, problem: null }, ...told];
    },
    async named(id, turn) {
      const { id: own } = await builtIn.describe();
      if (id === undefined || id === own) return builtIn;
      const model = await modelIn(folder, own, id);
      await marks.refuseOther(model, turn);
      return marks.known(model, embedderOf(model), turn);
    },
    async endpointOf(id) {
      const { id: own } = await builtIn.describe();
      const model = id === own ? undefined : await modelIn(folder, own, id);
      return model && 'endpoint' in model ? model.endpoint : undefined;
    },
  };
}

const listed = ({ id, version, dimensions, maxTokens, licence }: LoadableModel['description']) => ({
  id,
  version,
  dimensions,
  maxTokens,
  licence,
});

const nothingKnown = { version: null, dimensions: null, maxTokens: null, licence: null };

async function toldOf(found: Found, gate: EndpointGate): Promise<EmbeddingModel> {
  const beside = { builtIn: false, folder: found.folder };
  if ('problem' in found)
    return { id: found.folder, ...nothingKnown, ...beside, endpoint: null, problem: found.problem };
  const { model } = found;
  const endpoint = 'endpoint' in model ? await stateOf(model, gate) : null;
  return { ...listed(model.description), ...beside, endpoint, problem: null };
}

async function stateOf({ endpoint }: EndpointModel, gate: EndpointGate): Promise<EmbeddingModel['endpoint']> {
  const { origin, keyName } = endpoint;
  const hasKey = gate.keyOf(endpoint) !== undefined;
  return { origin, keyName, hasKey, allowed: await gate.isAllowed(endpoint) };
}

/** A model that is there and broken is told by its own problem, also where it is named by its folder. */
function missing(id: string, own: string, found: readonly Found[]): ProblemError {
  const broken = found.find((one) => 'problem' in one && one.folder === id);
  if (broken && 'problem' in broken) return new ProblemError(broken.problem);
  const usable = found.flatMap((one) => ('model' in one ? [one.model.description.id] : []));
  const others = found.some((one) => 'problem' in one) ? ' Others there are broken.' : '';
  return problem('not_found', `There is no embedding model "${id}" here.`, {
    hint: `Models: ${[own, ...usable].join(', ')}.${others} Put its folder with a ${manifestName} into ${modelsFolder}/.`,
  });
}

async function modelIn(folder: string, own: string, id: string): Promise<FolderModel> {
  const found = await modelsIn(folder, own);
  const model = found.find((one) => 'model' in one && one.model.description.id === id);
  if (model && 'model' in model) return model.model;
  throw missing(id, own, found);
}

/** The folders that say that they are models, by name; of two with one id the second is none. */
async function modelsIn(folder: string, own: string): Promise<Found[]> {
  const names = (await listFolder(folder)).sort((one, other) => one.localeCompare(other));
  const read = await Promise.all(names.map((name) => readFolder(folder, name)));
  const taken = new Map([[own, 'Assay itself']]);
  return read.flat().map((one) => {
    if ('problem' in one) return one;
    const { id } = one.model.description;
    const by = taken.get(id);
    taken.set(id, by ?? one.folder);
    return by === undefined ? one : { folder: one.folder, problem: sameId(folder, one.folder, id, by) };
  });
}

async function readFolder(folder: string, name: string): Promise<Found[]> {
  const dir = join(folder, name);
  const described = await access(join(dir, manifestName)).then(
    () => true,
    () => false,
  );
  if (!described) return [];
  try {
    return [{ folder: name, model: await readModel(dir) }];
  } catch (thrown) {
    return [{ folder: name, problem: toProblem(thrown) }];
  }
}

const sameId = (folder: string, name: string, id: string, by: string) =>
  toProblem(
    problem('bad_input', `The id "${id}" is that of the model of ${by} already.`, {
      hint: 'Give it another id.',
      at: { file: join(folder, name, manifestName) },
    }),
  );
