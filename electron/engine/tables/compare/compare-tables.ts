import type { z } from 'zod';
import type {
  ComparedColumn,
  comparedTable,
  TableComparison,
} from '../../../../shared/contract/comparison.ts';
import type { RowChanges } from '../../../../shared/contract/import.ts';
import type { Room } from '../../../../shared/contract/index.ts';
import { problem, stopIfCancelled } from '../../../../shared/problem.ts';
import { names, sql } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Session } from '../../database/database.ts';
import { compareRows } from '../../import/compare-rows.ts';
import { hasVersionBefore } from '../../import/version-before.ts';
import { askingBoth } from './both-sides.ts';
import { compareColumn } from './compare-column.ts';
import { type Side, type Sources, sideOf } from './sides.ts';

type Asked = {
  readonly before: z.output<typeof comparedTable>;
  readonly now: z.output<typeof comparedTable>;
};

/** What the room answers about two tables. */
export const comparingCalls = (
  sources: Sources,
): Pick<Room<'tables'>, 'versions' | 'compare' | 'compareRows'> => ({
  versions: async ({ table }) => ({
    before: await sources.database.use({ reads: true }, (session) => hasVersionBefore(session, table)),
  }),
  compare: (sides, call) => compareTables(sources, sides, call),
  compareRows: (sides, call) => compareTableRows(sources, sides, call),
});

async function compareTables(sources: Sources, asked: Asked, context: CallContext): Promise<TableComparison> {
  const { before, now } = await sidesOf(sources, asked, context);
  const names = [...new Set([...now.columns, ...before.columns].map(({ name }) => name))];
  const both = askingBoth(sources, before, now, context.signal);
  const columns: ComparedColumn[] = [];
  for (const name of names) {
    stopIfCancelled(context.signal, 'The comparison was not finished.');
    const title = `Comparing ${before.title} and ${now.title}`;
    context.progress({ title, done: columns.length, total: names.length, unit: 'columns' });
    columns.push(await compareColumn(before, now, name, both));
  }
  return {
    before: { title: before.title, rows: before.rows },
    now: { title: now.title, rows: now.rows },
    columns,
    keys: columns.filter((one) => one.before?.isKey && one.now?.isKey).map(({ name }) => name),
  };
}

async function compareTableRows(
  sources: Sources,
  { key, ...asked }: Asked & { readonly key: readonly string[] },
  context: CallContext,
): Promise<RowChanges> {
  const { before, now } = await sidesOf(sources, asked, context);
  const columns = now.columns.flatMap(({ name, type: to }) => {
    const old = before.columns.find((column) => column.name === name);
    return old ? [{ name, from: old.type, to }] : [];
  });
  refuseKey(key, columns, before, now);
  if (columns.length === 0)
    throw problem('bad_input', `${before.title} and ${now.title} have no column in common.`, {
      hint: 'Rows are compared in the columns that both have.',
    });
  const title = `Comparing the rows of ${before.title} and ${now.title}`;
  context.progress({ title, done: 0, unit: 'rows' });
  return sources.database.transaction(
    { title, priority: 'background', reads: true, signal: context.signal },
    async (session) => {
      for (const side of [before, now]) await refuseRepeated(session, side, key);
      return compareRows(session, { table: before.from, stage: now.from, columns, key });
    },
  );
}

async function sidesOf(sources: Sources, asked: Asked, context: CallContext) {
  const before = await sideOf(sources, asked.before, context);
  return { before, now: await sideOf(sources, asked.now, context) };
}

function refuseKey(
  key: readonly string[],
  columns: readonly { readonly name: string }[],
  before: Side,
  now: Side,
): void {
  const strange = key.find((name) => !columns.some((column) => column.name === name));
  if (strange === undefined) return;
  throw problem('bad_input', `The column "${strange}" is not in both ${before.title} and ${now.title}.`, {
    hint: `A key is made of columns that both have: ${columns.map(({ name }) => name).join(', ')}.`,
    at: { column: strange },
  });
}

/** Rows that a key does not tell apart would be counted several times. */
async function refuseRepeated(
  session: Session,
  { from, title }: Side,
  key: readonly string[],
): Promise<void> {
  if (key.length === 0) return;
  const { repeated } = await session.one<{ repeated: number }>(sql`
    select coalesce(sum(n), 0)::float8 as repeated from (select count(*) as n from ${from} as t
      group by ${names(key)} having count(*) > 1) as groups`);
  if (repeated === 0) return;
  throw problem('bad_input', `${key.join(', ')} does not tell the rows of ${title} apart.`, {
    hint: `${repeated} rows share it with others. Choose another key, or compare whole rows.`,
  });
}
