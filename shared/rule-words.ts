import type { CheckDefinition } from './define-check.ts';

/** A rule in words, with the rows that it is about. */
export function inWords(
  definition: CheckDefinition,
  params: Record<string, unknown>,
  where: string | undefined,
): string {
  const says = definition.says(params);
  const rows = where?.trim().replace(/\s+/g, ' ');
  return rows ? `${says}, where ${rows}` : says;
}
