/** Names of columns as they stand in a sentence: `a`, `b`. */
export const quotedColumns = (names: readonly string[]): string =>
  names.map((name) => `\`${name}\``).join(', ');
