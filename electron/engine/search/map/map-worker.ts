import { parentPort } from 'node:worker_threads';
import { serve } from '../../../../shared/wire.ts';
import { nodePort } from '../../database/node-port.ts';
import { type Examples, nearestLabels } from '../labels/nearest-mean.ts';
import { nearnessToOthers } from './isolation.ts';
import { mapContract } from './map-contract.ts';
import { nearPairs } from './near-pairs.ts';
import { placeAmong, project } from './project.ts';
import { findTopics } from './topics.ts';
import { topicsNear } from './topics-near.ts';

interface Placing {
  readonly vectors: Float32Array;
  readonly positions: Float32Array;
  readonly topics: Int32Array;
  readonly added: Float32Array;
  readonly dimensions: number;
}

const map = {
  async project(
    { vectors, dimensions }: { vectors: Float32Array; dimensions: number },
    {
      progress,
    }: { progress: (progress: { title: string; done: number; total: number; unit: 'steps' }) => void },
  ) {
    const positions = await project(vectors, dimensions, (share) =>
      progress({ title: 'Laying out the map', done: Math.round(share * 100), total: 100, unit: 'steps' }),
    );
    return { positions, ...(await findTopics(positions)) };
  },
  async place({ vectors, positions, topics, added, dimensions }: Placing) {
    const placed = await placeAmong(vectors, positions, added, dimensions);
    return { positions: placed, topicOf: topicsNear(placed, positions, topics) };
  },
  nearPairs: async ({
    vectors,
    dimensions,
    near,
  }: {
    vectors: Float32Array;
    dimensions: number;
    near: number;
  }) => nearPairs(vectors, dimensions, near),
  nearnessToOthers: (asked: { vectors: Float32Array; dimensions: number; nearest: number }) =>
    nearnessToOthers(asked.vectors, asked.dimensions, asked.nearest),
  nearestLabels: async (examples: Examples) => nearestLabels(examples),
};

if (parentPort) serve(mapContract, { map }, nodePort(parentPort));
