import type { FileExport } from '../../../../shared/define-step.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { steps } from '../../../../shared/registry.ts';
import { fileNameFault, samePlace } from './file-place.ts';
import type { Plan } from './plan.ts';
import { fault } from './step-problems.ts';

/** Where a step names its file. */
export const atFile = { param: 'file' };

/** Why a step must not write the file that it names, as far as that shows without looking at the disk. */
export function fileProblems(plan: Plan, step: string, to: FileExport | undefined): Problem[] {
  if (!to) return [];
  const wrong = fileNameFault(to);
  if (wrong) return [fault(step, wrong.message, wrong.hint, atFile)];
  const twice = plan.pipeline.steps.find(({ id, kind, params }) => {
    const other = steps.get(kind)?.exports?.(params as never);
    return id !== step && other !== undefined && samePlace(other.file, to.file);
  });
  return twice ? [fault(step, `"${twice.id}" writes "${to.file}" too.`, 'Name another file.', atFile)] : [];
}
