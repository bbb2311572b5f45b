import { checkDefinition } from '../../../shared/registry.ts';
import type { Context } from '../context.ts';
import { type Draft, draft, type Looked } from './drafts.ts';
import type { Planned } from './measure-rules.ts';

interface Asking {
  readonly whyStale?: Context['whyStale'];
  readonly signal: AbortSignal;
}

/** Plans in which rules that judge a collection's vectors wait where these are not of the rows as they are now. */
export const withoutStale = (asking: Asking, plans: readonly Planned[]): Promise<readonly Planned[]> =>
  Promise.all(
    plans.map(async (one) => {
      const reason = await reasonOf(asking, one);
      return reason === undefined ? one : { ...one, plan: { by: 'waiting', reason } };
    }),
  );

/** What was found, but for rules whose collection was embedded otherwise meanwhile. */
export const stillCurrent = (
  asking: Asking,
  table: Looked,
  planned: readonly Planned[],
  drafts: readonly Draft[],
): Promise<Draft[]> =>
  Promise.all(
    drafts.map(async (found, at) => {
      const one = planned[at] as Planned;
      const reason = await reasonOf(asking, one);
      return reason === undefined
        ? found
        : draft({ ...one, plan: { by: 'waiting', reason } }, table, undefined);
    }),
  );

async function reasonOf({ whyStale, signal }: Asking, { rule, plan }: Planned): Promise<string | undefined> {
  if (plan.by === 'nothing') return undefined;
  const collection = checkDefinition(rule.kind).collection?.(rule.params as never);
  return collection ? whyStale?.(collection, signal) : undefined;
}
