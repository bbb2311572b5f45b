import type { WriteMode } from '../../../../shared/define-step.ts';
import { lastByKey } from '../plan/across-rows.ts';
import { growsWith } from '../plan/growing.ts';
import type { Plan, PlannedStep } from '../plan/plan.ts';

/** How a step writes in this run: where all was read of what grows, what was added before is replaced. */
export function intoOf({ pipeline, read }: Plan, { step, definition, params }: PlannedStep): WriteMode {
  const wanted = definition?.into?.(params as never) ?? { mode: 'replace' };
  if (wanted.mode === 'replace' || !growsWith(pipeline, step.id)) return wanted;
  const last = lastByKey(pipeline).has(step.id);
  if (wanted.mode === 'history') return { ...wanted, last };
  if (wanted.mode === 'upsert') return { ...wanted, last, anew: read === 'all' };
  return read === 'all' ? { mode: 'replace' } : wanted;
}
