import { rowColumn } from '../../shared/column.ts';
import { lexSql, type SqlToken } from '../../shared/sql-lexer.ts';

const begins = ['select', 'returning'];
const ends = [
  'from',
  'into',
  'where',
  'group',
  'having',
  'window',
  'union',
  'intersect',
  'except',
  'order',
  'limit',
];

/** True where a list of what is selected names `_row` itself; `*` alone does not ask for it. */
export function asksForRow(text: string): boolean {
  let depth = 0;
  let listing = false;
  for (const token of lexSql(text)) {
    if (token.kind === 'open') depth++;
    if (token.kind === 'close') depth--;
    if (depth > 0) continue;
    const word = wordOf(text, token);
    if (begins.includes(word)) listing = true;
    else if (token.kind === 'end' || ends.includes(word)) listing = false;
    else if (listing && word === rowColumn) return true;
  }
  return false;
}

function wordOf(text: string, { kind, start, stop }: SqlToken): string {
  if (kind === 'name') return text.slice(start + 1, stop - 1);
  return kind === 'word' ? text.slice(start, stop).toLowerCase() : '';
}
