import { type Cluster, findClusters } from 'embedding-atlas';
import { type Corner, insidePolygon } from '../../../../shared/inside-polygon.ts';
import { cells, type Density, densityOf } from './density.ts';

/** A hill of documents on the map. */
export interface Topic {
  /** Where its name stands. */
  readonly x: number;
  readonly y: number;
  readonly documents: number;
}

/** The highest point of the map, so that thresholds mean the same for few documents and for many. */
const peak = 100;
/** A hill has at least so many documents, and at least this share of all. */
const leastDocuments = 5;
const leastShare = 0.002;

/** The hills of a map, largest first, and the one that each document lies on; -1 between them. */
export async function findTopics(
  positions: Float32Array,
): Promise<{ readonly topics: readonly Topic[]; readonly topicOf: Int32Array }> {
  const density = densityOf(positions);
  const highest = density.values.reduce((most, value) => Math.max(most, value), 0);
  const scaled = density.values.map((value) => (value * peak) / (highest || 1));
  const clusters = await findClusters(scaled, cells, cells);
  const clusterAt = rasterised(clusters);
  const found = density.cellOf.map((cell) => clusterAt[cell] as number);
  const counts = clusters.map((_, cluster) => found.filter((of) => of === cluster).length);
  const least = Math.max(leastDocuments, leastShare * found.length);
  const kept = clusters
    .map((cluster, at) => ({ cluster, at, documents: counts[at] as number }))
    .filter(({ documents }) => documents >= least)
    .sort((a, b) => b.documents - a.documents);
  const renumbered = new Map(kept.map(({ at }, topic) => [at, topic]));
  return {
    topics: kept.map(({ cluster, documents }) => topicOn(density, cluster, documents)),
    topicOf: found.map((of) => renumbered.get(of) ?? -1),
  };
}

function topicOn({ at }: Density, { meanX, meanY }: Cluster, documents: number): Topic {
  const [x, y] = at(meanX, meanY);
  return { x, y, documents };
}

/** The cluster that each cell belongs to; -1 for none. */
function rasterised(clusters: readonly Cluster[]): Int32Array {
  const clusterAt = new Int32Array(cells * cells).fill(-1);
  clusters.forEach(({ boundary }, cluster) => {
    for (const polygon of boundary ?? []) fill(clusterAt, polygon, cluster);
  });
  return clusterAt;
}

function fill(clusterAt: Int32Array, polygon: readonly Corner[], cluster: number): void {
  const columns = polygon.map(([x]) => x);
  const rows = polygon.map(([, y]) => y);
  const last = (values: readonly number[]) => Math.min(cells - 1, Math.ceil(Math.max(...values)));
  for (let row = Math.max(0, Math.floor(Math.min(...rows))); row <= last(rows); row++) {
    for (let column = Math.max(0, Math.floor(Math.min(...columns))); column <= last(columns); column++) {
      if (insidePolygon(polygon, column + 0.5, row + 0.5)) clusterAt[row * cells + column] = cluster;
    }
  }
}
