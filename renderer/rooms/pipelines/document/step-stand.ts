import type { StepSchema } from '../../../../shared/contract/pipelines.ts';
import type { Problem } from '../../../../shared/problem.ts';

type Schemas = ReadonlyMap<string, StepSchema>;

/** What keeps a step from having rows: something wrong, or, calmly, something that is not there yet. */
export type Hindrance =
  | { readonly is: 'wrong'; readonly problem: Problem }
  | { readonly is: 'unfilled' | 'waiting'; readonly says: string };

/** What keeps a step from having rows, if anything does. */
export function hindranceOf(schemas: Schemas, id: string): Hindrance | undefined {
  const { problems = [], unfilled = false, blockedBy } = schemas.get(id) ?? {};
  const [problem] = problems;
  if (problem && unfilled) return { is: 'unfilled', says: unfilledWords(problem) };
  if (problem) return { is: 'wrong', problem };
  if (blockedBy === undefined) return undefined;
  const what = schemas.get(blockedBy)?.unfilled ? 'filled in' : 'mended';
  return { is: 'waiting', says: `Waits for ${blockedBy} to be ${what}` };
}

const unfilledWords = ({ message }: Problem): string => `Not filled in yet. ${message.replace(/\.$/, '')}`;
