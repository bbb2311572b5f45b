import type { PipelineStep } from '../../../../shared/contract/pipelines.ts';
import type { StepDefinition } from '../../../../shared/define-step.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { looseProblems } from './step-problems.ts';

/** True where all that is wrong with a step is what nobody has filled in or connected yet. */
export function isUnfilled(
  step: PipelineStep,
  definition: StepDefinition,
  problems: readonly Problem[],
): boolean {
  const loose = new Set(looseProblems(step, definition).map(({ message }) => message));
  const isOpen = ({ message, at }: Problem) =>
    at?.param === undefined ? loose.has(message) : isEmpty(valueAt(step.params, at.param.split('.')));
  return problems.length > 0 && problems.every(isOpen);
}

const valueAt = (params: unknown, path: readonly string[]): unknown =>
  path.reduce((part, key) => (part as Readonly<Record<string, unknown>> | null | undefined)?.[key], params);

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
