import type { FileExport } from '../../../../shared/define-step.ts';
import { problem } from '../../../../shared/problem.ts';
import type { Freshness } from '../incremental/freshness.ts';
import { fileMark, liesWithin, samePlace } from '../plan/file-place.ts';
import { atFile } from '../plan/file-problems.ts';
import type { Plan } from '../plan/plan.ts';

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
      at: { step: id, ...atFile },
    });
  }
}

/** Refuses a folder that a link leads out of the workspace. */
export async function refuseOutside(folder: string, step: string, to: FileExport): Promise<void> {
  if (to.outside || (await liesWithin(folder, to.file))) return;
  throw problem('bad_input', `A link leads "${to.file}" out of the workspace.`, {
    hint: 'Name another folder, or allow it to lie outside.',
    at: { step, ...atFile },
  });
}
