import type { Detector } from './detector.ts';

const found = import.meta.glob<{ default: Detector }>('./detectors/*.ts', { eager: true });

/** Every detector by the name of its file. */
export const detectors: ReadonlyMap<string, Detector> = new Map(
  Object.entries(found)
    .map(([path, module]): [string, Detector] => [path.replace(/^.*\/|\.ts$/g, ''), module.default])
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);
