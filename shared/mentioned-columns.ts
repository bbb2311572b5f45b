import { lexSql } from './sql-lexer.ts';

/** The columns whose names stand in an expression, in the order of the table; none where it cannot be read. */
export function mentionedColumns(written: string, columns: readonly string[]): string[] {
  const names = namesIn(written);
  return columns.filter((column) => names.has(column));
}

function namesIn(written: string): Set<string> {
  try {
    const tokens = lexSql(written).map(({ kind, start, stop }) => ({
      kind,
      text: written.slice(start, stop),
    }));
    return new Set(
      tokens.flatMap(({ kind, text }) => {
        if (kind === 'word') return [text.toLowerCase()];
        return kind === 'name' ? [text.slice(1, -1).replaceAll('""', '"')] : [];
      }),
    );
  } catch {
    return new Set();
  }
}
