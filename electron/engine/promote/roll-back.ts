import type { Receipt } from '../../../shared/contract/promote.ts';
import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import { refuseUndoing } from './plan.ts';
import { unswap } from './swap.ts';
import type { TargetSession } from './target-session.ts';
import { lookAtTarget } from './target-state.ts';

/** Exactly the promotion of this receipt; what another one has replaced since is not undone behind its back. */
export async function rollBack(session: TargetSession, last: Receipt): Promise<void> {
  const promoted = await session.query<{ schema: string; name: string; replaced: boolean }>(sql`
    select schema_name as schema, table_name as name, replaced from assay_previous.promoted
    where promotion = ${last.id}`);
  if (promoted.length < last.tables.length) {
    throw problem(
      'bad_input',
      'The promotion cannot be rolled back: some of its tables were promoted again since.',
      {
        hint: 'Only what was promoted last can be undone.',
      },
    );
  }
  const objects = promoted.map((entry) => ({
    ...entry,
    kind: 'table' as const,
    key: '',
    columns: [],
    rows: 0,
    version: '',
  }));
  const state = await lookAtTarget(session, objects);
  refuseUndoing(promoted, state);
  await session.transaction(unswap(promoted, state));
}
