import { type Group, isName, isSign, isWord, type Leaf, type Node } from './sql-tree.ts';

/** A name of WITH. */
export interface Cte {
  readonly name: Leaf;
  readonly columns: Group | undefined;
  readonly body: Group | undefined;
}

/** A clause of a query: what follows its word. */
export interface Clause {
  readonly kind: ClauseKind;
  readonly nodes: readonly Node[];
  /** Where its word ends. */
  readonly start: number;
}

export type ClauseKind =
  | 'start'
  | 'with'
  | 'select'
  | 'from'
  | 'join'
  | 'on'
  | 'using'
  | 'where'
  | 'group by'
  | 'having'
  | 'order by'
  | 'window'
  | 'limit'
  | 'insert'
  | 'conflict'
  | 'update'
  | 'merge'
  | 'set'
  | 'values'
  | 'returning'
  | 'other';

/** One SELECT of several that UNION and its like put together, or a statement that changes rows. */
export type Branch = readonly Clause[];

/** A query cut into its parts, as far as it is written. */
export interface Query {
  readonly recursive: boolean;
  readonly ctes: readonly Cte[];
  readonly branches: readonly Branch[];
}

/** Cuts the nodes of a query, or of a statement, into WITH, branches and clauses. */
export function readQuery(nodes: readonly Node[]): Query {
  const [first] = nodes;
  if (nodes.length === 1 && first?.is === 'group') return readQuery(first.nodes);
  const { ctes, recursive, rest } = readWith(nodes);
  const branches: Clause[][] = [[]];
  let kind: ClauseKind = ctes.length > 0 && rest.length === 0 ? 'with' : 'start';
  let own: Node[] = [];
  let start = 0;
  const close = () => {
    if (own.length > 0 || kind !== 'start') branches.at(-1)?.push({ kind, nodes: own, start });
    own = [];
  };
  for (let at = 0; at < rest.length; at++) {
    const begun = clauseAt(rest, at, kind);
    const node = rest[at] as Node;
    if (!begun) {
      own.push(node);
      continue;
    }
    close();
    if (begun.kind === 'start') branches.push([]);
    at += begun.words - 1;
    ({ kind } = begun);
    start = (rest[at] as Node).stop;
  }
  close();
  return { recursive, ctes, branches };
}

/** A subquery in brackets that begins with one as well is read as that. */
export const unwrapped = (group: Group): Group => {
  const [only] = group.nodes;
  return group.nodes.length === 1 && only?.is === 'group' ? unwrapped(only) : group;
};

function readWith(nodes: readonly Node[]): { ctes: Cte[]; recursive: boolean; rest: readonly Node[] } {
  if (!isWord(nodes[0], 'with')) return { ctes: [], recursive: false, rest: nodes };
  const recursive = isWord(nodes[1], 'recursive');
  const ctes: Cte[] = [];
  let at = recursive ? 2 : 1;
  for (;;) {
    const name = nodes[at];
    if (!isName(name) || isWord(name, 'select', 'insert', 'update', 'delete', 'merge')) break;
    const second = nodes[at + 1];
    const columns = second?.is === 'group' ? second : undefined;
    at += columns ? 2 : 1;
    while (isWord(nodes[at], 'as', 'not', 'materialized')) at++;
    const body = nodes[at];
    ctes.push({ name, columns, body: body?.is === 'group' ? body : undefined });
    if (body?.is === 'group') at++;
    if (!isSign(nodes[at], ',')) break;
    at++;
  }
  return { ctes, recursive, rest: nodes.slice(at) };
}

const single: Readonly<Record<string, ClauseKind>> = {
  select: 'select',
  from: 'from',
  join: 'join',
  where: 'where',
  having: 'having',
  window: 'window',
  limit: 'limit',
  offset: 'limit',
  fetch: 'limit',
  into: 'insert',
  update: 'update',
  set: 'set',
  values: 'values',
  returning: 'returning',
  table: 'from',
  union: 'start',
  intersect: 'start',
  except: 'start',
};

/** Words that nobody calls a column, so that `o. from orders o` is a name still being written. */
const reserved = ['from', 'where', 'group', 'order', 'having', 'join', 'on', 'union', 'limit', 'select'];

/** The clause that begins at a word, and how many words begin it. */
function clauseAt(
  nodes: readonly Node[],
  at: number,
  within: ClauseKind,
): { kind: ClauseKind; words: number } | undefined {
  const node = nodes[at];
  if (
    !isName(node) ||
    !isWord(node, ...Object.keys(single), 'group', 'order', 'on', 'using', 'insert', 'delete', 'merge')
  )
    return undefined;
  const next = nodes[at + 1];
  const before = nodes[at - 1];
  if (isWord(before, 'as') || (isSign(before, '.') && !isWord(node, ...reserved))) return undefined;
  if (node.name === 'group' || node.name === 'order')
    return isWord(next, 'by') ? { kind: `${node.name} by`, words: 2 } : undefined;
  if (node.name === 'from' && isWord(before, 'distinct')) return undefined;
  if (node.name === 'into' && isWord(before, 'merge')) return { kind: 'merge', words: 1 };
  if (node.name === 'update' && isWord(before, 'for', 'no', 'then', 'do')) return { kind: 'other', words: 1 };
  if (node.name === 'on') return afterOn(nodes, at, within);
  if (node.name === 'using') return { kind: within === 'join' ? 'using' : 'from', words: 1 };
  if (['insert', 'delete', 'merge'].includes(node.name)) return { kind: 'other', words: 1 };
  const all = isWord(next, 'all', 'distinct') && single[node.name] === 'start';
  return { kind: single[node.name] ?? 'other', words: all ? 2 : 1 };
}

function afterOn(nodes: readonly Node[], at: number, within: ClauseKind) {
  if (isWord(nodes[at + 1], 'conflict')) return { kind: 'conflict' as const, words: 2 };
  const joins = within === 'join' || within === 'from';
  return joins ? { kind: 'on' as const, words: 1 } : undefined;
}
