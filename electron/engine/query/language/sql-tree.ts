import { lexUnfinished, type SqlToken } from '../../../../shared/sql-lexer.ts';

/** A word, a name, a value or a sign. */
export interface Leaf {
  readonly is: 'leaf';
  readonly kind: SqlToken['kind'];
  /** As it is written. */
  readonly text: string;
  /** As PostgreSQL understands a name: small letters, or what stands in the quotes. */
  readonly name: string;
  readonly start: number;
  readonly stop: number;
}

/** What stands in brackets; one that nothing closes reaches to the end. */
export interface Group {
  readonly is: 'group';
  readonly open: string;
  readonly nodes: readonly Node[];
  readonly start: number;
  readonly stop: number;
  readonly closed: boolean;
}

export type Node = Leaf | Group;

const nameOf = (kind: SqlToken['kind'], text: string): string => {
  if (kind === 'word') return text.toLowerCase();
  if (kind === 'name') return text.slice(text.indexOf('"') + 1, -1).replaceAll('""', '"');
  return kind === 'unclosed' && text.startsWith('"') ? text.slice(1).replaceAll('""', '"') : text;
};

/** The statement around a place of a text that is still being written, as a tree of its brackets. */
export function statementAround(text: string, at: number): readonly Node[] {
  const tokens = lexUnfinished(text);
  const ends = tokens.filter(({ kind }) => kind === 'end');
  const from = ends.findLast(({ stop }) => stop <= at)?.stop ?? 0;
  const to = ends.find(({ start }) => start >= at)?.start ?? text.length;
  const own = tokens.filter(({ start, stop }) => start >= from && stop <= to);
  return bracketed(text, own);
}

/** The token of a comment, a string or an open quote that a place is inside of. */
export function insideText(text: string, at: number): boolean {
  return lexUnfinished(text).some(({ kind, start, stop }) => {
    if (at <= start || at > stop) return false;
    if (kind === 'string') return at < stop;
    if (kind === 'unclosed') return text.charAt(start) !== '"';
    return kind === 'comment' && (at < stop || text.startsWith('--', start));
  });
}

interface Open {
  readonly open: string;
  readonly start: number;
  readonly nodes: Node[];
}

function bracketed(text: string, tokens: readonly SqlToken[]): readonly Node[] {
  const root: Open = { open: '', start: 0, nodes: [] };
  const stack: Open[] = [root];
  const close = (stop: number, closed: boolean) => {
    const top = stack.pop();
    if (top)
      stack
        .at(-1)
        ?.nodes.push({ is: 'group', open: top.open, nodes: top.nodes, start: top.start, stop, closed });
  };
  for (const { kind, start, stop } of tokens) {
    if (kind === 'space' || kind === 'comment' || kind === 'end') continue;
    const written = text.slice(start, stop);
    if (kind === 'open') stack.push({ open: written, start, nodes: [] });
    else if (kind !== 'close')
      stack.at(-1)?.nodes.push({ is: 'leaf', kind, text: written, name: nameOf(kind, written), start, stop });
    else if (stack.length > 1) close(stop, true);
  }
  while (stack.length > 1) {
    const top = stack.at(-1) as Open;
    const goesOn = clauseInside(top, stack.at(-2)?.nodes.at(-1));
    const rest = goesOn < 0 ? [] : top.nodes.splice(goesOn);
    close(rest[0]?.start ?? text.length, false);
    stack.at(-1)?.nodes.push(...rest);
  }
  return root.nodes;
}

/** Where the next clause begins in brackets that nothing closes: `count( from orders`. */
function clauseInside({ open, nodes }: Open, before: Node | undefined): number {
  const query = isQuery({ is: 'group', open, nodes, start: 0, stop: 0, closed: false });
  if (query || isWord(before, 'extract', 'trim', 'substring', 'overlay')) return -1;
  return nodes.findIndex((node) => isWord(node, 'from', 'where', 'having', 'limit'));
}

/** A word of the language; a name in quotes is none. */
export const isWord = (node: Node | undefined, ...words: readonly string[]): boolean =>
  node?.is === 'leaf' && node.kind === 'word' && words.includes(node.name);

/** A sign such as a comma. */
export const isSign = (node: Node | undefined, sign: string): boolean =>
  node?.is === 'leaf' && node.kind === 'sign' && node.text === sign;

/** A leaf that can be a name. */
export const isName = (node: Node | undefined): node is Leaf =>
  node?.is === 'leaf' &&
  (node.kind === 'word' || node.kind === 'name' || (node.kind === 'unclosed' && node.text.startsWith('"')));

/** Nodes cut at the commas of their own level. */
export function cutAtCommas(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const pieces: Node[][] = [[]];
  for (const node of nodes) {
    if (isSign(node, ',')) pieces.push([]);
    else pieces.at(-1)?.push(node);
  }
  return pieces;
}

/** True for brackets in which a query stands. */
export const isQuery = ({ open, nodes: [first] }: Group): boolean =>
  open === '(' &&
  (isWord(first, 'select', 'with', 'values', 'table', 'insert', 'update', 'delete', 'merge') ||
    (first?.is === 'group' && isQuery(first)));
