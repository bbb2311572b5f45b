import { collectionName } from '../../../shared/collection-name.ts';
import type { Room } from '../../../shared/contract/index.ts';
import type { Context } from '../context.ts';
import { refuseFullDisk, tellFullDisk } from '../database/full-disk.ts';
import { chosenCollection, keepPaused } from './collections/collections.ts';
import { EmbeddingRuns } from './collections/embedding-runs.ts';
import { leavingBy } from './collections/leaving.ts';
import { listingCalls } from './collections/listing-calls.ts';
import { makeCollection } from './collections/make-collection.ts';
import { removeCollection } from './collections/remove-collection.ts';
import { exportCollection } from './export/export-collection.ts';
import { privateIn, refusePrivate } from './export/private-parts.ts';
import { findingCalls } from './find/finding-calls.ts';
import { indexCalls } from './index/index-calls.ts';
import { judgementCalls } from './judge/judgement-calls.ts';
import { labelCalls } from './labels/label-calls.ts';
import { mapCalls } from './map/map-calls.ts';
import { topicCalls } from './map/topic-calls.ts';
import { endpointCalls } from './model/endpoint-calls.ts';
import { EndpointGate } from './model/endpoint-gate.ts';
import { followModels } from './model/follow-models.ts';
import { ModelMarks } from './model/model-marks.ts';
import { type Models, modelsFolder, openModels } from './model/models.ts';
import { savedSearchCalls } from './saved-searches.ts';

type Place = Omit<Context, 'whyStale'>;

/** Search by meaning and by words in the embedded text of tables. */
export function searchRoom(context: Place, models: Models = modelsOf(context)): Room<'search'> {
  const { database, workspace, emit } = context;
  const changed = () => emit({ event: 'changed', room: 'search' });
  followModels(workspace, changed);
  const runs = new EmbeddingRuns();
  return {
    ...listingCalls(database, models),
    async embed(request, call) {
      try {
        return await runs.run(request.collection ?? collectionName(request.table), (pause) =>
          makeCollection(database, models, request, {
            ...call,
            pause,
            prepared: changed,
            ...watchedBy(context, models, request.allowEndpoint),
          }),
        );
      } catch (thrown) {
        throw tellFullDisk(thrown, workspace.dir, ...afterFullDisk);
      } finally {
        changed();
      }
    },
    async pauseEmbedding({ collection }) {
      runs.pause(collection);
      // Kept at once: the app may end before what it is at is saved.
      await keepPaused(database, collection);
      return null;
    },
    models: () => models.list(),
    ...endpointCalls(workspace, models, changed),
    ...findingCalls(database, models),
    ...savedSearchCalls(context, changed),
    ...indexCalls(database, changed),
    ...judgementCalls(database, models, changed),
    ...mapCalls(database, changed),
    ...labelCalls(database, () => emit({ event: 'changed', room: 'tables' })),
    ...topicCalls(context, (room) => emit({ event: 'changed', room })),
    async exportCollection({ collection, withPrivate, ...exporting }, call) {
      const record = await chosenCollection(database, collection);
      const shy = await privateIn(context, record);
      if (!withPrivate) refusePrivate(record, shy);
      return { ...(await exportCollection(database, record, exporting, call)), private: shy };
    },
    async remove({ collection }) {
      await removeCollection(database, collection);
      changed();
      return null;
    },
  };
}

/** What is looked after while text is embedded: the disk, and what leaves this computer. */
const watchedBy = (context: Place, { gate }: Models, agreed: string | undefined) => ({
  room: roomOf(context.workspace.dir),
  mayLeave: leavingBy(context, gate, agreed),
});

/** Looks after the disk of a folder while text is embedded. */
const roomOf = (dir: string) => () => refuseFullDisk(dir, ...afterFullDisk);

const afterFullDisk = ['What was embedded is kept.', 'Make room, then embed it again.'] as const;

/** The models that a workspace has. */
export const modelsOf = ({ workspace, database }: Pick<Context, 'workspace' | 'database'>): Models =>
  openModels(workspace.path(modelsFolder), {
    gate: new EndpointGate(database),
    marks: new ModelMarks(database),
  });
