import type { StepDefinition } from '../../../shared/define-step.ts';
import { steps } from '../../../shared/registry.ts';

const groups: readonly (readonly [StepDefinition['group'], string])[] = [
  ['in', 'Read'],
  ['rows', 'Rows'],
  ['columns', 'Columns'],
  ['combine', 'Combine'],
  ['summarise', 'Summarise'],
  ['sql', 'SQL'],
  ['out', 'Write'],
];

/** A kind of step as lists offer it. */
export interface StepKind {
  readonly kind: string;
  readonly definition: StepDefinition;
}

/** All kinds of steps by group, in the order of the road. */
export const stepGroups: readonly { readonly title: string; readonly kinds: readonly StepKind[] }[] = groups
  .map(([group, title]) => ({
    title,
    kinds: [...steps]
      .filter(([, definition]) => definition.group === group)
      .map(([kind, definition]) => ({ kind, definition })),
  }))
  .filter(({ kinds }) => kinds.length > 0);

/** Kinds that can stand after a step. */
export const kindsAfter: readonly StepKind[] = stepGroups
  .flatMap(({ kinds }) => kinds)
  .filter(({ definition }) => definition.inputs === undefined || definition.inputs.length > 0);

/** What a drag from the palette carries. */
export const dragType = 'application/x-assay-step';
