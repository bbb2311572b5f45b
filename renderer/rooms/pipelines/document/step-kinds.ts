import type { StepDefinition } from '../../../../shared/define-step.ts';
import { steps } from '../../../../shared/registry.ts';

const groups: readonly (readonly [StepDefinition['group'], string])[] = [
  ['in', 'Read'],
  ['rows', 'Rows'],
  ['columns', 'Columns'],
  ['clean', 'Clean'],
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

const place = ({ definition }: StepKind): number => (definition.common ? 0 : 1);

/** All kinds of steps by group, in the order of the road. */
export const stepGroups: readonly { readonly title: string; readonly kinds: readonly StepKind[] }[] = groups
  .map(([group, title]) => ({
    title,
    kinds: [...steps]
      .filter(([, definition]) => definition.group === group)
      .map(([kind, definition]) => ({ kind, definition }))
      .sort((a, b) => place(a) - place(b) || (a.definition.title < b.definition.title ? -1 : 1)),
  }))
  .filter(({ kinds }) => kinds.length > 0);

/** The usual kinds that can stand after a step. */
export const kindsAfter: readonly StepKind[] = stepGroups
  .flatMap(({ kinds }) => kinds)
  .filter(
    ({ definition }) =>
      definition.common && (definition.inputs === undefined || definition.inputs.length > 0),
  );

/** Groups with only the kinds whose title, other names or help have every word; those of the title come first, then those of the names. */
export function kindsLike(written: string): typeof stepGroups {
  const words = written.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return stepGroups;
  const has = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const rank = ({ definition: { title, words: others = '', help } }: StepKind) =>
    [title, `${title} ${others}`, `${title} ${others} ${help}`].findIndex(has);
  return stepGroups
    .map(({ title, kinds }) => ({
      title,
      kinds: kinds.filter((kind) => rank(kind) >= 0).sort((a, b) => rank(a) - rank(b)),
    }))
    .filter(({ kinds }) => kinds.length > 0)
    .sort((a, b) => Math.min(...a.kinds.map(rank)) - Math.min(...b.kinds.map(rank)));
}

/** What a drag from the palette carries. */
export const dragType = 'application/x-assay-step';

/** The kind that writes a table. */
export const writingKind = [...steps].find(([, { writes, common }]) => writes && common)?.[0] ?? '';
