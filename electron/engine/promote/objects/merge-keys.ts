import { problem } from '../../../../shared/problem.ts';
import { ident, join, names, sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import type { TargetSession } from '../connection/target-session.ts';
import type { Existing } from '../target/existing.ts';
import { keyOf, type TargetState } from '../target/target-state.ts';
import { columnsOnTarget, historyColumns, standingRows } from './mode.ts';
import type { PromotedObject } from './objects.ts';

/** Keys of the target where the settings name none; what is merged has one, and every row here has its own. */
export async function withKeys(
  database: Database,
  objects: readonly PromotedObject[],
  state: TargetState,
): Promise<readonly PromotedObject[]> {
  const keyed = objects.map((object) => keyedBy(object, state.existing.get(keyOf(object))));
  for (const object of keyed) {
    refuseClash(object);
    refuseUnlike(object, state.existing.get(keyOf(object)));
    if (object.mode === 'merge' || object.mode === 'scd2') await refuseRepeated(database, object);
  }
  return keyed;
}

function keyedBy(object: PromotedObject, existing: Existing | undefined): PromotedObject {
  const { mode, name, columns } = object;
  if (mode === 'replace' || mode === 'append') return object;
  const primary = existing?.carried.constraints.find(({ kind }) => kind === 'p')?.columns ?? [];
  const by = object.by.length > 0 ? object.by : primary.filter((column) => column !== 'valid_from');
  const unknown = by.find((column) => !columns.some((one) => one.name === column));
  if (by.length > 0 && unknown === undefined) return { ...object, by };
  const says =
    unknown === undefined ? 'no key says which rows belong together' : `it has no column "${unknown}"`;
  throw problem('bad_input', `${name} is to be merged, and ${says}.`, {
    hint: `Name the columns of its key in the plan, or in assay.yaml under the target: tables: { ${name}: { key: [id] } }.`,
    at: { table: name },
  });
}

function refuseClash({ mode, name, columns }: PromotedObject): void {
  if (mode !== 'scd2') return;
  const clash = columns.find((column) => historyColumns.some((own) => own.name === column.name));
  if (!clash) return;
  throw problem(
    'bad_input',
    `${name} has a column "${clash.name}" already, which its history on the target needs.`,
    {
      hint: 'Rename the column here.',
      at: { table: name, column: clash.name },
    },
  );
}

/** Rows that stay have to fit into the table that comes. */
function refuseUnlike(object: PromotedObject, existing: Existing | undefined): void {
  if (!existing || object.mode === 'replace' || existing.kind === 'other') return;
  const { carried, lost } = existing;
  const others = columnsOnTarget(object).filter(
    ({ name, type }) => !carried.columns.some((column) => column.name === name && column.type === type),
  );
  const unlike = [...others.map(({ name, type }) => `no column ${name} ${type}`), ...lost];
  if (unlike.length === 0 && !carried.forcedSecurity) return;
  const why =
    unlike.length > 0 ? `is not like it is here (${unlike.join(', ')})` : 'hides rows from its owner';
  throw problem(
    'bad_input',
    `On the target ${keyOf(object)} ${why}, so the rows that stay cannot be taken along.`,
    {
      hint:
        object.mode === 'scd2'
          ? 'Rename or drop it there: a history begins with a table of its own.'
          : 'Make the columns there like those here, or replace the table once.',
      at: { table: object.name },
    },
  );
}

/** A row that comes would take the place of several there, of which the plan names one. */
export async function refuseRepeatedThere(
  session: TargetSession,
  objects: readonly PromotedObject[],
  state: TargetState,
): Promise<void> {
  for (const object of objects) {
    const existing = state.existing.get(keyOf(object));
    if (!existing || (object.mode !== 'merge' && object.mode !== 'scd2')) continue;
    const { name, by } = object;
    const unique = existing.carried.constraints.filter(({ kind }) => kind === 'p' || kind === 'u');
    if (unique.some(({ columns }) => columns.every((column) => by.includes(column)))) continue;
    const filled = join(
      by.map((column) => sql`${ident(column)} is not null`),
      sql` and `,
    );
    const [found] = await session.query<{ repeated: number }>(sql`
      select count(*)::float8 as repeated from (
        select 1 from ${standingRows(object)} where ${filled} group by ${names(by)} having count(*) > 1) as repeated`);
    if (!found?.repeated) continue;
    throw problem(
      'bad_input',
      `${by.join(', ')} is no key of ${keyOf(object)} on the target: ${found.repeated} values repeat there.`,
      {
        hint: 'Remove the duplicates there, or name another key.',
        at: { table: name },
      },
    );
  }
}

async function refuseRepeated(database: Database, { name, from, by }: PromotedObject): Promise<void> {
  const isNull = by.map((column) => sql` or ${ident(column)} is null`);
  const any = isNull.reduce((all, one) => sql`${all}${one}`, sql`false`);
  const { repeated } = await database.one<{ repeated: number }>(sql`
    select count(*)::float8 as repeated from (
      select 1 as one from ${from} group by ${names(by)} having count(*) > 1 or bool_or(${any})) as repeated`);
  if (repeated === 0) return;
  throw problem(
    'bad_input',
    `${by.join(', ')} is no key of ${name}: ${repeated} values repeat or are empty.`,
    {
      hint: 'Remove the duplicates here, or name another key.',
      at: { table: name },
    },
  );
}
