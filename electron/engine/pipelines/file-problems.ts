import type { FileExport } from '../../../shared/define-step.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { steps } from '../../../shared/registry.ts';
import { fileMark, fileNameFault, liesWithin, samePlace } from './file-place.ts';
import type { Freshness } from './freshness.ts';
import type { Plan } from './plan.ts';
import { fault } from './step-problems.ts';

const at = { param: 'file' };

/** Why a step must not write the file that it names, as far as that shows without looking at the disk. */
export function fileProblems(plan: Plan, step: string, to: FileExport | undefined): Problem[] {
  if (!to) return [];
  const wrong = fileNameFault(to);
  if (wrong) return [fault(step, wrong.message, wrong.hint, at)];
  const twice = plan.pipeline.steps.find(({ id, kind, params }) => {
    const other = steps.get(kind)?.exports?.(params as never);
    return id !== step && other !== undefined && samePlace(other.file, to.file);
  });
  return twice ? [fault(step, `"${twice.id}" writes "${to.file}" too.`, 'Name another file.', at)] : [];
}

/** Refuses files that somebody else made: a step replaces what it wrote last, and others where it is told to. */
export async function refuseForeign(
  folder: string,
  plan: Plan,
  wanted: readonly string[],
  freshness: ReadonlyMap<string, Freshness>,
): Promise<void> {
  for (const id of wanted) {
    const { definition, params } = plan.steps.get(id) ?? {};
    const to = definition?.exports?.(params as never);
    const own = freshness.get(id)?.state?.file;
    if (!to || to.replaces || (own && samePlace(own, to.file))) continue;
    if ((await fileMark(folder, to.file)) === undefined) continue;
    throw problem('bad_input', `There is a file "${to.file}" already, which this step did not write.`, {
      hint: 'Name another file, or let the step replace it.',
      at: { step: id, ...at },
    });
  }
}

/** Refuses a folder that a link leads out of the workspace. */
export async function refuseOutside(folder: string, step: string, to: FileExport): Promise<void> {
  if (to.outside || (await liesWithin(folder, to.file))) return;
  throw problem('bad_input', `A link leads "${to.file}" out of the workspace.`, {
    hint: 'Name another folder, or allow it to lie outside.',
    at: { step, ...at },
  });
}
