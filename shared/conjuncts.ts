import { lexSql, type SqlToken } from './sql-lexer.ts';

/** The parts of a condition that AND joins at its top, as they were written; the condition itself where there are none. */
export function conjuncts(written: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let between = false;
  let start = 0;
  for (const token of lexSql(written)) {
    const word = token.kind === 'word' ? written.slice(token.start, token.stop).toLowerCase() : '';
    depth += deeper(token, word);
    if (depth > 0) continue;
    if (word === 'or') return [written];
    if (word === 'between') between = true;
    else if (word === 'and' && between) between = false;
    else if (word === 'and') {
      parts.push(written.slice(start, token.start));
      start = token.stop;
    }
  }
  return [...parts, written.slice(start)].map((part) => part.trim());
}

function deeper({ kind }: SqlToken, word: string): number {
  if (kind === 'open' || word === 'case') return 1;
  return kind === 'close' || word === 'end' ? -1 : 0;
}
