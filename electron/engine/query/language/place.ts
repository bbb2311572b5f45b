import { type Branch, type Clause, type Cte, type Query, readQuery, unwrapped } from './clauses.ts';
import type { KnownCatalog } from './known-catalog.ts';
import { columnsOf, withNames } from './output-columns.ts';
import { relationsOf, type Scope } from './relations.ts';
import {
  cutAtCommas,
  type Group,
  isName,
  isQuery,
  isSign,
  isWord,
  type Node,
  statementAround,
} from './sql-tree.ts';

/** A call whose brackets a place is in. */
export interface Call {
  readonly name: string;
  /** Which argument, from 0. */
  readonly argument: number;
}

/** What stands at a place of a text. */
export interface Place {
  readonly scope: Scope;
  readonly clause: Clause['kind'];
  readonly branch: Branch;
  /** What stands before the word that is being written, at the same level of brackets and in the same clause. */
  readonly before: readonly Node[];
  /** The brackets around the place within its clause, the innermost last; none for those of a query. */
  readonly groups: readonly Group[];
  /** The innermost call whose arguments the place is among. */
  readonly call: Call | undefined;
  /** The name of WITH whose list of columns the place is in. */
  readonly cte: Cte | undefined;
  readonly at: number;
}

/** Finds out what stands at a place of a text that is still being written. */
export function placeAt(text: string, at: number, catalog: KnownCatalog): Place {
  const scope: Scope = { relations: [], named: new Map(), outer: undefined, catalog, columnsOf };
  return placeIn(statementAround(text, at), at, scope);
}

function placeIn(nodes: readonly Node[], at: number, outer: Scope): Place {
  const query = readQuery(nodes);
  const inCte = query.ctes.findIndex(({ body }) => contains(body, at));
  const body = query.ctes[inCte]?.body;
  if (body)
    return placeIn(unwrapped(body).nodes, at, { ...outer, named: withNames(query, outer, inCte), outer });
  const base: Scope = { ...outer, named: withNames(query, outer, query.ctes.length), relations: [], outer };
  const { branch, clause } = clauseAround(query, at);
  const scope = { ...base, relations: relationsOf(seenFrom(branch, clause), base) };
  const cte = query.ctes.find(({ columns }) => contains(columns, at));
  const nothingHere = { groups: [], call: undefined, cte, at };
  if (cte) return { scope, clause: 'with', branch, before: [], ...nothingHere };
  if (!clause) return { scope, clause: 'start', branch, before: beforeAt(nodes, at), ...nothingHere };
  return within(clause.nodes, at, { scope, clause: clause.kind, branch, before: [], ...nothingHere });
}

const aboutTarget = ['insert', 'conflict', 'returning', 'set', 'values'];

/** A SELECT that fills a table does not see it. */
const seenFrom = (branch: Branch, clause: Clause | undefined): Branch =>
  clause && aboutTarget.includes(clause.kind) ? branch : branch.filter(({ kind }) => kind !== 'insert');

const contains = (group: Group | undefined, at: number): group is Group =>
  group !== undefined && at > group.start && (group.closed ? at < group.stop : at <= group.stop);

function clauseAround({ branches }: Query, at: number): { branch: Branch; clause: Clause | undefined } {
  const branch =
    branches.findLast(([first]) => first !== undefined && startOf(first) < at) ?? branches[0] ?? [];
  return { branch, clause: branch.findLast(({ kind, start }) => kind !== 'start' && start < at) };
}

const startOf = ({ kind, start, nodes }: Clause) => (kind === 'start' ? (nodes[0]?.start ?? 0) : start);

/** Goes into the brackets around the place; those of a query are a place of its own. */
function within(nodes: readonly Node[], at: number, place: Place): Place {
  const index = nodes.findIndex((node) => node.is === 'group' && contains(node, at));
  const group = nodes[index];
  if (group?.is !== 'group') return { ...place, before: beforeAt(nodes, at) };
  if (isQuery(group) || opensSubquery(group, nodes, index, place)) {
    const seen = seesNeighbours(nodes, index, place) ? place.scope : { ...place.scope, relations: [] };
    return placeIn(unwrapped(group).nodes, at, seen);
  }
  const before = nodes[index - 1];
  const called =
    group.open === '(' &&
    isName(before) &&
    !isWord(before, 'in', 'and', 'or', 'on', 'using', 'over', 'values');
  const argument = cutAtCommas(group.nodes.filter(({ start }) => start < at)).length - 1;
  const call = called ? { name: before.name, argument } : place.call;
  return within(group.nodes, at, { ...place, groups: [...place.groups, group], call });
}

const opensSubquery = (
  { nodes: [first] }: Group,
  around: readonly Node[],
  index: number,
  { clause }: Place,
) =>
  first === undefined &&
  (isWord(around[index - 1], 'exists') || (index === 0 && (clause === 'from' || clause === 'join')));

/** A subquery in FROM sees what stands before it only where it is LATERAL. */
const seesNeighbours = (nodes: readonly Node[], index: number, { clause }: Place) =>
  (clause !== 'from' && clause !== 'join') || isWord(nodes[index - 1], 'lateral');

/** The nodes before a place; the name that ends there is what is being written, and left out. */
function beforeAt(nodes: readonly Node[], at: number): readonly Node[] {
  const before = nodes.filter(({ start }) => start < at);
  const last = before.at(-1);
  return isName(last) && last.stop >= at ? before.slice(0, -1) : before;
}

/** The qualifiers before a place: `a` in `a.|`, both of `public.orders.|`. */
export function qualifiers(before: readonly Node[]): readonly string[] {
  const path: string[] = [];
  for (let at = before.length - 1; at > 0 && isSign(before[at], '.'); at -= 2) {
    const name = before[at - 1];
    if (!isName(name)) break;
    path.unshift(name.name);
  }
  return path;
}
