import { createHash } from 'node:crypto';
import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Database, Session } from '../../database/database.ts';
import type { Embedder } from './embedder.ts';
import type { EndpointModel } from './endpoint-manifest.ts';
import type { LoadableModel } from './model-files.ts';
import { manifestName } from './model-words.ts';

/** Gives the database for a moment: its next turn, or the one that whoever asks has already. */
export type Turn = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

/** Keeps by what a model made its vectors, so that one that makes others under the same version is refused. */
export class ModelMarks {
  readonly #next: Turn;

  constructor(database: Database) {
    this.#next = (work) => database.use({ title: 'Reading what a model is known by' }, work);
  }

  /** Refuses a model that makes other vectors than before under the same id and version. */
  async refuseOther(model: LoadableModel | EndpointModel, turn = this.#next): Promise<void> {
    const { id, version } = model.description;
    const kept = await turn((session) =>
      session.maybeOne<{ mark: string }>(sql`
        select mark from assay.model_marks where model = ${id} and version = ${version}`),
    );
    if (kept === undefined || kept.mark === markOf(model)) return;
    throw problem(
      'bad_input',
      `The model "${id}" is described otherwise than when it made vectors, and still as version ${version}: its vectors would be mixed with those.`,
      {
        hint: `Give it another version in ${manifestName}; its collections are embedded anew then. Or put back what stood there.`,
      },
    );
  }

  /** The embedder of a model, which is known from its first vectors on. */
  known(model: LoadableModel | EndpointModel, embedder: Embedder, turn = this.#next): Embedder {
    const { id, version } = model.description;
    return {
      ...embedder,
      embed: async (texts, options) => {
        const vectors = await embedder.embed(texts, options);
        await turn((session) =>
          session.run(sql`
            insert into assay.model_marks (model, version, mark) values (${id}, ${version}, ${markOf(model)}) on conflict do nothing`),
        );
        return vectors;
      },
    };
  }
}

/** All that decides which vector a document gets, but for where the model is. */
function markOf(model: LoadableModel | EndpointModel): string {
  const { description, normalise, prefixes } = model;
  const { dimensions, maxTokens } = description;
  const made =
    'endpoint' in model
      ? { model: model.endpoint.model, sendDimensions: model.endpoint.sendDimensions }
      : {
          files: model.checked.map(({ sha256 }) => sha256).sort(),
          pooling: model.pooling,
          output: model.output,
        };
  const said = JSON.stringify({ ...made, dimensions, maxTokens, normalise, prefix: prefixes.document });
  return createHash('sha256').update(said).digest('hex');
}
