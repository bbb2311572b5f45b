import type { CheckDefinition } from './define-check.ts';
import type { StepDefinition } from './define-step.ts';
import { problem } from './problem.ts';

type Found = Readonly<Record<string, { readonly default: unknown }>>;

/** Definitions by kind, the file's name. Inside the map parameters are unknown: parse them by `schemaOf` first. */
function byKind<D>(found: Found): ReadonlyMap<string, D> {
  const kindOf = (path: string) => path.replace(/^.*\/|\.ts$/g, '');
  return new Map(
    Object.entries(found)
      .map(([path, module]): [string, D] => [kindOf(path), module.default as D])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Every kind of step. */
export const steps = byKind<StepDefinition>(import.meta.glob('./steps/*.ts', { eager: true }));

/** Every kind of rule. */
export const checks = byKind<CheckDefinition>(import.meta.glob('./checks/*.ts', { eager: true }));

/** The definition of a step, or `not_found`. */
export const stepDefinition = (kind: string): StepDefinition => definitionOf(steps, kind, 'step');

/** The definition of a rule, or `not_found`. */
export const checkDefinition = (kind: string): CheckDefinition => definitionOf(checks, kind, 'rule');

function definitionOf<D>(definitions: ReadonlyMap<string, D>, kind: string, what: string): D {
  const found = definitions.get(kind);
  if (found) return found;
  throw problem('not_found', `There is no kind of ${what} called "${kind}".`, {
    hint: `Known kinds: ${[...definitions.keys()].join(', ')}.`,
  });
}
