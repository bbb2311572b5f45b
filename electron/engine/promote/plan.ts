import type { Plan, PlannedChange } from '../../../shared/contract/promote.ts';
import { problem } from '../../../shared/problem.ts';
import { type Sql, sql, toText } from '../../../shared/sql.ts';
import type { PromotedObject } from './objects.ts';
import { keysOf, needsVector, preparation, stagingSchema, swap } from './swap.ts';
import { type Existing, fingerprintOf, keyOf, type TargetState } from './target-state.ts';

const count = (value: number, what = 'rows') =>
  `${value.toLocaleString('en-US')} ${value === 1 ? what.replace(/s$/, '') : what}`;

/** What a promotion of these objects would do, in words and as SQL. */
export function planOf(
  target: string,
  server: string,
  objects: readonly PromotedObject[],
  state: TargetState,
  gates: Plan['gates'],
): Plan {
  return {
    target,
    server,
    changes: [
      ...extensionChange(objects, state),
      ...objects.map((object) => change(object, state.existing.get(keyOf(object)))),
    ],
    gates,
    sql: readable(objects, state),
    fingerprint: fingerprintOf(server, objects, state),
  };
}

function extensionChange(objects: readonly PromotedObject[], state: TargetState): PlannedChange[] {
  if (!needsVector(objects) || state.vector !== 'available') return [];
  const says = 'pgvector is created: the server has it, this database not yet.';
  return [{ object: 'vector', kind: 'extension', action: 'create', destructive: false, rows: 0, says }];
}

function change({ name, schema, kind, rows }: PromotedObject, existing: Existing | undefined): PlannedChange {
  const object = schema === 'public' ? name : `${schema}.${name}`;
  if (!existing) {
    const says = `Created with ${count(rows)}.`;
    return { object, kind, action: 'create', destructive: false, rows, says };
  }
  const views =
    existing.views.length > 0
      ? ` ${count(existing.views.length, 'views')} on it will show the new rows.`
      : '';
  const lost =
    existing.lost.length > 0 ? ` Not carried over from the old table: ${existing.lost.join(', ')}.` : '';
  const says = `${count(existing.rows)} there replaced by ${rows.toLocaleString('en-US')}, and kept for Roll back.${views}${lost}`;
  return { object, kind, action: 'replace', destructive: existing.rows > 0, rows, says };
}

/** The plan as SQL for people: what is run, with a note where rows are copied. */
function readable(objects: readonly PromotedObject[], state: TargetState): string {
  const staging = 'assay_staging';
  const write = (statements: readonly Sql[]) =>
    statements.map((statement) => `${toText(statement)};`).join('\n');
  const copies = objects
    .map((object) => {
      const schema = stagingSchema(staging, object);
      return `-- binary COPY of ${count(object.rows)} into ${schema}."${object.name}"`;
    })
    .join('\n');
  return [
    `-- 1. Prepare\n${write(preparation(objects, state, staging))}`,
    `-- 2. Load\n${copies}`,
    `-- 3. Keys\n${write(objects.flatMap((object) => keysOf(object, staging)))}`,
    '-- 4. Compare every checksum; only then\n' +
      write([sql`begin`, ...swap(objects, state, staging, 'this promotion'), sql`commit`]),
  ].join('\n\n');
}

/** Refuses what cannot work before anything is touched. */
export function refuseImpossible(objects: readonly PromotedObject[], state: TargetState): void {
  if (!state.mayCreate) {
    throw problem(
      'server_failed',
      `The user "${state.user}" may not create schemas in "${state.database}".`,
      {
        hint: `The database's owner can run: grant create on database "${state.database}" to "${state.user}";`,
      },
    );
  }
  if (needsVector(objects) && state.vector === 'missing') {
    const names = objects.filter((object) => needsVector([object])).map(({ name }) => name);
    throw problem(
      'server_failed',
      `The target has no pgvector, so the vectors of ${names.join(', ')} cannot go there.`,
      {
        hint: 'Install pgvector on the server, or choose only tables without vectors.',
      },
    );
  }
  for (const [name, existing] of state.existing) refuseHolders(name, existing);
}

/** Refuses a way back that would take others' objects with it. */
export function refuseUndoing(
  promoted: readonly { readonly schema: string; readonly name: string; readonly replaced: boolean }[],
  state: TargetState,
): void {
  for (const entry of promoted) {
    const existing = state.existing.get(keyOf(entry));
    if (!existing) continue;
    const views = entry.replaced ? [] : existing.views.map((view) => `view ${view.schema}.${view.name}`);
    refuseHolders(keyOf(entry), { ...existing, holders: [...existing.holders, ...views] });
  }
}

function refuseHolders(name: string, { kind, holders }: Existing): void {
  if (kind === 'other') {
    throw problem(
      'bad_input',
      `On the target ${name} is not a table (a view, or a partitioned or foreign table).`,
      {
        hint: 'Rename it there, or rename the table here.',
      },
    );
  }
  if (holders.length === 0) return;
  throw problem('bad_input', `On the target ${name} is held by ${holders.join(', ')}.`, {
    hint: 'They would keep pointing at the old rows. Drop them first, and make them again afterwards.',
  });
}
