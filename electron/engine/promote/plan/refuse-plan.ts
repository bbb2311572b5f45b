import { count } from '../../../../shared/number-words.ts';
import { problem } from '../../../../shared/problem.ts';
import { needsVector } from '../load/swap.ts';
import { columnsOnTarget } from '../objects/mode.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { refuseLacks } from '../probe/rights.ts';
import type { Existing } from '../target/existing.ts';
import { keyOf, type TargetState } from '../target/target-state.ts';

const ownSchemas = /^(pg_|information_schema|assay_(promotions|staging_|kept_|undone_))/;

/** Refuses what cannot work before anything is touched. */
export function refuseImpossible(objects: readonly PromotedObject[], state: TargetState): void {
  const closed = objects.find(({ to }) => ownSchemas.test(to));
  if (closed) {
    throw problem(
      'bad_input',
      `The schema "${closed.to}" is kept by PostgreSQL or by promotions themselves.`,
      {
        hint: 'Give the target another `schema`.',
      },
    );
  }
  refuseLacks(objects, state);
  const empty = objects.find(({ columns }) => columns.length === 0);
  if (empty) {
    throw problem('bad_input', `${empty.name} would go without any column.`, {
      hint: 'Leave it out of the promotion, or let one of its columns go.',
      at: { table: empty.name },
    });
  }
  objects.forEach(refuseTooWide);
  if (needsVector(objects) && state.vector === 'missing') {
    const names = objects.filter((object) => needsVector([object])).map(({ name }) => name);
    throw problem(
      'server_failed',
      `The target has no pgvector, so the vectors of ${names.join(', ')} cannot go there.`,
      {
        hint: 'Install pgvector on the server, or promote the rest without them (--without-vectors).',
      },
    );
  }
  for (const object of objects) {
    const existing = state.existing.get(keyOf(object));
    if (state.taken.has(keyOf(object))) refuseNoTable(keyOf(object));
    if (!existing) continue;
    refuseHolders(keyOf(object), existing);
    refuseOtherForm(object, existing);
    refuseUndivided(object, existing);
  }
}

/** A table that PostgreSQL holds here may have no room for the columns of its history. */
function refuseTooWide({ name, mode, columns }: PromotedObject): void {
  const many = columnsOnTarget({ mode, columns }).length;
  if (many <= mostColumns) return;
  throw problem(
    'bad_input',
    `${name} would have ${count(many)} columns there with those of its history, and a table has at most ${count(mostColumns)}.`,
    { hint: 'Leave some out, or keep no history of it there.', at: { table: name } },
  );
}

const mostColumns = 1600;

/** Refuses a way back that would take others' objects with it. */
export function refuseUndoing(
  promoted: readonly { readonly to: string; readonly name: string; readonly replaced: boolean }[],
  state: TargetState,
): void {
  for (const entry of promoted) {
    const existing = state.existing.get(keyOf(entry));
    if (!existing) continue;
    const views = existing.views.map((view) => `view ${view.schema}.${view.name}`);
    const keys = existing.incoming.map(
      ({ name, schema, holder }) => `foreign key ${name} of ${schema}.${holder}`,
    );
    const dependents = entry.replaced ? [] : [...views, ...keys];
    refuseHolders(keyOf(entry), { ...existing, holders: [...existing.holders, ...dependents] });
  }
}

/** A table that people divided is not made one piece unasked. */
function refuseUndivided(object: PromotedObject, { partitioned }: Existing): void {
  if (partitioned === null || object.partition) return;
  throw problem(
    'bad_input',
    `On the target ${keyOf(object)} is in partitions (${partitioned}), and it would come in one piece.`,
    {
      hint: `Say how it is divided, in the plan or in assay.yaml under the target: tables: { ${object.name}: { partition: { by: …, every: month } } }; or rename it there.`,
      at: { table: object.name },
    },
  );
}

function refuseOtherForm({ form, ...object }: PromotedObject, { kind }: Existing): void {
  if (kind === form) return;
  throw problem('bad_input', `On the target ${keyOf(object)} is a ${kind}, and it would become a ${form}.`, {
    hint: 'Drop or rename it there, or rename it here.',
  });
}

function refuseHolders(name: string, { kind, holders }: Existing): void {
  if (kind === 'other') refuseNoTable(name);
  if (holders.length === 0) return;
  throw problem('bad_input', `On the target ${name} is held by ${holders.join(', ')}.`, {
    hint: 'They would keep pointing at the old rows, or go aside with them. Drop or detach them first, and make them again afterwards.',
  });
}

function refuseNoTable(name: string): never {
  throw problem(
    'bad_input',
    `On the target ${name} is no table and no view (a foreign table, a sequence, an index or a type).`,
    {
      hint: 'Rename it there, or rename the table here.',
    },
  );
}
