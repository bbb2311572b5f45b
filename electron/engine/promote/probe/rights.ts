import { problem } from '../../../../shared/problem.ts';
import { ident, toText } from '../../../../shared/sql.ts';
import { needsVector } from '../load/swap.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { ledgerSchema } from '../target/ledger-state.ts';
import { keyOf, type TargetState } from '../target/target-state.ts';

/** A right that is missing, and the statement with which its owner gives it; null where none does. */
export interface Lack {
  readonly says: string;
  readonly grant: string | null;
}

/** What the database's owner runs to give all of it. */
export const grantsOf = (missing: readonly Lack[]): readonly string[] => [
  ...new Set(missing.flatMap(({ grant }) => (grant === null ? [] : [grant]))),
];

const named = (...path: readonly [string, ...string[]]) => toText(ident(...path));

/** What this user needs for these objects and has not; nothing more than that is asked for. */
export function lacks(objects: readonly PromotedObject[], state: TargetState): readonly Lack[] {
  const user = named(state.user);
  const database = named(state.database);
  const closed = [...new Set(objects.map(({ to }) => to))].filter((schema) =>
    state.closedSchemas.includes(schema),
  );
  if (state.readOnly !== null)
    return [{ says: `"${state.database}" takes no writes: ${state.readOnly}.`, grant: null }];
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
    ...(state.ledger.open
      ? []
      : [
          {
            says: `The user "${state.user}" may not write into the schema "${ledgerSchema}", where promotions are noted and others have begun to.`,
            grant: `grant usage on schema ${named(ledgerSchema)} to ${user};\ngrant select, insert, update on all tables in schema ${named(ledgerSchema)} to ${user};`,
          },
        ]),
    ...closed.map((schema) => ({
      says: `The user "${state.user}" may not create tables in the schema "${schema}".`,
      grant: `grant usage, create on schema ${named(schema)} to ${user};`,
    })),
    ...objects.flatMap((object) => lacksAt(object, state)),
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

/** What stands there and is another's: the table itself, what looks at it, and what the owner must be allowed to. */
function lacksAt(object: PromotedObject, state: TargetState): readonly Lack[] {
  const existing = state.existing.get(keyOf(object));
  if (!existing) return [];
  const { owner } = existing.carried;
  const own = { what: keyOf(object), owned: existing.owned, owner, verb: 'replace it' };
  const views = existing.views.map((view) => ({
    ...view,
    what: `The view ${view.schema}.${view.name}`,
    verb: `let it show the new ${object.name}`,
  }));
  const keys = existing.incoming.map((one) => ({
    ...one,
    what: `The table ${one.schema}.${one.holder}`,
    verb: `let its key point at the new ${object.name}`,
  }));
  const foreign = [own, ...views, ...keys].filter(({ owned }) => !owned);
  return [
    ...foreign.map((one) => ({
      says: `${one.what} belongs to "${one.owner}": only its owner can ${one.verb}.`,
      grant: `grant ${named(one.owner)} to ${named(state.user)};`,
    })),
    ...(existing.ownerMayCreate
      ? []
      : [
          {
            says: `"${owner}" owns ${keyOf(object)}, and may not create in "${object.to}", as who is given a table there must.`,
            grant: `grant usage, create on schema ${named(object.to)} to ${named(owner)};`,
          },
        ]),
  ];
}

/** Refuses before anything is touched, with the script that gives what is missing. */
export function refuseLacks(objects: readonly PromotedObject[], state: TargetState): void {
  const missing = lacks(objects, state);
  if (missing.length === 0) return;
  const grants = grantsOf(missing);
  throw problem('server_failed', missing.map(({ says }) => says).join(' '), {
    hint: grants.length > 0 ? `The database’s owner can run:\n${grants.join('\n')}` : 'Nothing was touched.',
  });
}
