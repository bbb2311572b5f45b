/** An id for a rule, made of its columns and kind, that no other rule of the table has. */
export function ruleId(kind: string, columns: readonly string[], taken: readonly string[]): string {
  const words = [...columns, kind]
    .join('_')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .slice(0, 60);
  const name = /^[A-Za-z_]/.test(words) ? words : `_${words}`;
  for (let at = 1; ; at++) {
    const free = at === 1 ? name : `${name}_${at}`;
    if (!taken.includes(free)) return free;
  }
}
