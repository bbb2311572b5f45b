import { problem } from '../../../shared/problem.ts';
import { ident, toText } from '../../../shared/sql.ts';
import type { PromotedObject } from './objects.ts';
import { needsVector } from './swap.ts';
import { keyOf, type TargetState } from './target-state.ts';

/** A right that is missing, and the statement with which its owner gives it. */
export interface Lack {
  readonly says: string;
  readonly grant: string;
}

const named = (...path: readonly [string, ...string[]]) => toText(ident(...path));

/** What this user needs for these objects and has not; nothing more than that is asked for. */
export function lacks(objects: readonly PromotedObject[], state: TargetState): readonly Lack[] {
  const user = named(state.user);
  const database = named(state.database);
  const closed = [...new Set(objects.map(({ to }) => to))].filter((schema) =>
    state.closedSchemas.includes(schema),
  );
  const foreign = objects.flatMap((object) => {
    const existing = state.existing.get(keyOf(object));
    return existing && !existing.owned ? [{ object, owner: existing.carried.owner }] : [];
  });
  return [
    ...(state.mayCreate
      ? []
      : [
          {
            says: `The user "${state.user}" may not create schemas in "${state.database}", where rows are staged.`,
            grant: `grant create on database ${database} to ${user};`,
          },
        ]),
    ...(state.mayTemporary
      ? []
      : [
          {
            says: `The user "${state.user}" may not make temporary views in "${state.database}", by which checks are run there.`,
            grant: `grant temporary on database ${database} to ${user};`,
          },
        ]),
    ...closed.map((schema) => ({
      says: `The user "${state.user}" may not create tables in the schema "${schema}".`,
      grant: `grant usage, create on schema ${named(schema)} to ${user};`,
    })),
    ...foreign.map(({ object, owner }) => ({
      says: `${keyOf(object)} belongs to "${owner}": only its owner can replace it.`,
      grant: `grant ${named(owner)} to ${user};`,
    })),
    ...(needsVector(objects) && state.vector === 'available' && !state.mayCreateVector
      ? [
          {
            says: `The user "${state.user}" may not create the extension pgvector in "${state.database}".`,
            grant: 'create extension vector;',
          },
        ]
      : []),
  ];
}

/** Refuses before anything is touched, with the script that gives what is missing. */
export function refuseLacks(objects: readonly PromotedObject[], state: TargetState): void {
  const missing = lacks(objects, state);
  if (missing.length === 0) return;
  const grants = [...new Set(missing.map(({ grant }) => grant))];
  throw problem('server_failed', missing.map(({ says }) => says).join(' '), {
    hint: `The database’s owner can run:\n${grants.join('\n')}`,
  });
}
