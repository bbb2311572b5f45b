import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import { ProblemError, problem } from '../../../../shared/problem.ts';
import { isStuck, type Plan } from '../plan/plan.ts';

/** Another call changed what a run reads, or took its temporary tables away by restarting the database. */
export class Disturbed extends ProblemError {}

/** The pipeline cannot run as it stands: nothing was tried. */
export class Refused extends ProblemError {}

/** Refuses a run of which a wanted step cannot be planned. */
export function refuseStuck({ steps }: Plan, wanted: readonly string[]): void {
  const stuck = wanted.flatMap((id) => steps.get(id) ?? []).filter(isStuck);
  const [first] = stuck.flatMap(({ problems }) => problems);
  if (first) throw new Refused(first);
}

/** Said where a table that was read is not what it was when the run began. */
export const disturbedBy = (table: string): Disturbed =>
  new Disturbed({
    code: 'locked',
    message: `"${table}" changed while the pipeline ran, again and again.`,
    hint: 'Run it again when nothing else writes that table.',
    at: { table },
  });

/** Refuses a pipeline without steps, and a step that it has not. */
export function refuseUnknown({ name, steps }: Pipeline, wanted: string | undefined): void {
  if (steps.length === 0) {
    throw problem('bad_input', `"${name}" has no steps.`, {
      hint: 'Add a table to read and a table to write.',
    });
  }
  if (wanted === undefined || steps.some(({ id }) => id === wanted)) return;
  throw problem('not_found', `There is no step "${wanted}" in "${name}".`, {
    hint: `Steps: ${steps.map(({ id }) => id).join(', ')}.`,
  });
}
