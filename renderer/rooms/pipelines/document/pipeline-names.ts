/** What is wrong with a name for a pipeline, or nothing. */
export function nameFault(name: string, taken: readonly string[]): string | undefined {
  if (taken.includes(name)) return 'There is a pipeline of this name already.';
  return name.length > 120 ? 'At most 120 characters.' : undefined;
}
