import type { Receipt } from '../../../shared/contract/promote.ts';
import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import { refuseUndoing } from './plan.ts';
import { previousSchema, unswap } from './swap.ts';
import type { TargetSession } from './target-session.ts';
import { keyOf, lookAtTarget } from './target-state.ts';

/** What a promotion noted of a table on the target. */
interface Noted {
  readonly schema: string;
  readonly name: string;
  readonly replaced: boolean;
}

/** Exactly the promotion of this receipt; what another one has replaced since is not undone behind its back. */
export async function rollBack(session: TargetSession, last: Receipt): Promise<void> {
  const promoted = await notedOf(session, last.id);
  const replacedSince = last.tables
    .map(({ table, kind }) => ({ schema: kind === 'table' ? 'public' : 'collections', name: table }))
    .filter((table) => !promoted.some((noted) => keyOf(noted) === keyOf(table)));
  refuse(replacedSince, 'was promoted again since, or its promotion was rolled back already');
  const objects = promoted.map((entry) => ({
    ...entry,
    kind: 'table' as const,
    key: '',
    columns: [],
    rows: 0,
    version: '',
  }));
  const state = await lookAtTarget(session, objects);
  refuse(
    promoted.filter((noted) => !state.existing.has(keyOf(noted))),
    'is not on the target any more',
  );
  refuse(await withoutPrevious(session, promoted), 'has lost the table that it replaced');
  refuseUndoing(promoted, state);
  await session.transaction(unswap(promoted, state));
}

async function notedOf(session: TargetSession, id: string): Promise<readonly Noted[]> {
  const [known] = await session.query<{ there: boolean }>(
    sql`select to_regclass('assay_previous.promoted') is not null as there`,
  );
  if (!known?.there) return [];
  return session.query<Noted>(sql`
    select schema_name as schema, table_name as name, replaced from assay_previous.promoted
    where promotion = ${id} order by 1, 2`);
}

async function withoutPrevious(session: TargetSession, promoted: readonly Noted[]) {
  const kept = await session.query<{ schema: string; name: string }>(sql`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname like ${'assay\\_previous%'}`);
  const has = ({ schema, name }: Noted) =>
    kept.some((table) => table.schema === previousSchema(schema) && table.name === name);
  return promoted.filter((noted) => noted.replaced && !has(noted));
}

function refuse(tables: readonly Pick<Noted, 'schema' | 'name'>[], why: string): void {
  const [first] = tables;
  if (!first) return;
  const named = tables.map(({ schema, name }) => (schema === 'public' ? name : `${schema}.${name}`));
  throw problem(
    'bad_input',
    `The promotion cannot be rolled back: ${named.join(', ')} ${why}. Nothing was changed.`,
    { hint: 'Only what was promoted last, and stands as it was, can be undone.', at: { table: first.name } },
  );
}
