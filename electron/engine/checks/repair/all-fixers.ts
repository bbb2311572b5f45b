import type { Fixer } from './fixer.ts';

const found = import.meta.glob<{ default: Fixer }>('./fixers/*.ts', { eager: true });

/** Every fixer by the name of its file. */
export const fixers: ReadonlyMap<string, Fixer> = new Map(
  Object.entries(found)
    .map(([path, module]): [string, Fixer] => [path.replace(/^.*\/|\.ts$/g, ''), module.default])
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);
