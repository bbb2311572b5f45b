import type { Column } from '../../../../shared/column.ts';
import { type Branch, type Cte, type Query, readQuery } from './clauses.ts';
import { namesIn, pathAt, type Relation, relationsOf, renamed, type Scope } from './relations.ts';
import { cutAtCommas, type Group, isName, isSign, isWord, type Node } from './sql-tree.ts';

const deepest = 24;

/** The columns that a query in brackets gives, each with its type where the text says it. */
export function columnsOf(group: Group, scope: Scope): readonly Column[] {
  return depthOf(scope) > deepest ? [] : outputOf(readQuery(group.nodes), scope);
}

const depthOf = (scope: Scope): number => (scope.outer ? depthOf(scope.outer) + 1 : 0);

function outputOf(query: Query, outer: Scope): readonly Column[] {
  const named = withNames(query, outer, query.ctes.length);
  const base: Scope = { ...outer, named, relations: [], outer };
  const branch = query.branches.find((clauses) => clauses.length > 0) ?? [];
  const list =
    branch.find(({ kind }) => kind === 'returning') ?? branch.find(({ kind }) => kind === 'select');
  const scope = { ...base, relations: relationsOf(branch, base) };
  if (list) return cutAtCommas(withoutDistinct(list.nodes)).flatMap((item) => outputOfItem(item, scope));
  const values = branch.find(({ kind }) => kind === 'values')?.nodes[0];
  if (values?.is === 'group')
    return cutAtCommas(values.nodes).map((item, at) => ({
      name: `column${at + 1}`,
      type: typeOf(item, scope),
    }));
  return isTable(branch) ? scope.relations.flatMap(({ columns }) => columns) : [];
}

const isTable = (branch: Branch) => branch.length === 1 && branch[0]?.kind === 'from';

/** The names of WITH that are visible to the one at a place: those before it, in a recursive one itself too. */
export function withNames(
  query: Query,
  outer: Scope,
  before: number,
): ReadonlyMap<string, readonly Column[]> {
  const named = new Map(outer.named);
  const seen = query.recursive ? before + 1 : before;
  for (const cte of query.ctes.slice(0, seen))
    named.set(cte.name.name, columnsOfCte(cte, { ...outer, named: new Map(named) }));
  return named;
}

function columnsOfCte({ body, columns }: Cte, outer: Scope): readonly Column[] {
  const given = body ? columnsOf(body, { ...outer, outer }) : [];
  return renamed(given, columns ? namesIn(columns) : []);
}

/** `distinct on (…)` is no column. */
function withoutDistinct(nodes: readonly Node[]): readonly Node[] {
  if (isWord(nodes[0], 'all')) return nodes.slice(1);
  if (!isWord(nodes[0], 'distinct')) return nodes;
  return isWord(nodes[1], 'on') && nodes[2]?.is === 'group' ? nodes.slice(3) : nodes.slice(1);
}

function outputOfItem(item: readonly Node[], scope: Scope): readonly Column[] {
  const last = item.at(-1);
  if (isSign(last, '*')) return starOf(item, scope.relations);
  const before = item.at(-2);
  if (!last) return [];
  if (isName(last) && isWord(before, 'as'))
    return [{ name: last.name, type: typeOf(item.slice(0, -2), scope) }];
  const bare =
    isName(last) && before !== undefined && !isSign(before, '.') && !isSign(before, ':') && endsValue(before);
  if (bare && last.name !== 'end') return [{ name: last.name, type: typeOf(item.slice(0, -1), scope) }];
  return [{ name: impliedName(item), type: typeOf(item, scope) }];
}

const endsValue = (node: Node) =>
  node.is === 'group' ||
  ['word', 'name', 'string', 'number'].includes(node.kind) ||
  isWord(node, 'end', 'null');

function starOf(item: readonly Node[], relations: readonly Relation[]): readonly Column[] {
  const { path } = pathAt(item);
  const owner = item.length === 1 ? undefined : path.at(-1);
  return relations
    .filter(({ alias }) => owner === undefined || alias === owner)
    .flatMap(({ columns }) => columns);
}

function impliedName(item: readonly Node[]): string {
  const cast = item.findIndex((node, at) => isSign(node, ':') && isSign(item[at + 1], ':'));
  const own = cast >= 0 ? item.slice(0, cast) : item;
  const [first] = own;
  const { path, after } = pathAt(own);
  if (isWord(first, 'case')) return 'case';
  if (path.length > 0 && (after.length === 0 || after[0]?.is === 'group')) return path.at(-1) ?? '';
  const type = cast >= 0 ? item[cast + 2] : undefined;
  return isName(type) ? type.name : '?column?';
}

/** The type of an expression, as far as it can be read off; empty where it cannot. */
export function typeOf(item: readonly Node[], scope: Scope): string {
  const cast = item.findLastIndex((node, at) => isSign(node, ':') && isSign(item[at - 1], ':'));
  if (cast >= 0)
    return item
      .slice(cast + 1)
      .map((node) => (node.is === 'leaf' ? node.name : ''))
      .join(' ')
      .trim();
  const { path, after } = pathAt(item);
  if (path.length > 0 && after.length === 0) return columnNamed(path, scope)?.type ?? '';
  const [args] = after;
  if (path.length === 1 && args?.is === 'group' && isWindowOrEnd(after)) {
    const results = new Set((scope.catalog.functions.get(path[0] ?? '') ?? []).map(({ result }) => result));
    if (results.size === 1) return [...results][0] ?? '';
    return sameAsArgument.has(path[0] ?? '') ? typeOf(cutAtCommas(args.nodes)[0] ?? [], scope) : '';
  }
  const [only] = item;
  if (item.length !== 1 || only?.is !== 'leaf') return '';
  return only.kind === 'string' ? 'text' : only.kind === 'number' ? numberType(only.text) : '';
}

const sameAsArgument = new Set([
  'min',
  'max',
  'coalesce',
  'nullif',
  'greatest',
  'least',
  'lag',
  'lead',
  'first_value',
]);
const numberType = (text: string) => (/^\d+$/.test(text) ? 'integer' : 'numeric');
const isWindowOrEnd = (after: readonly Node[]) => after.length === 1 || isWord(after[1], 'over', 'filter');

/** The column that a name means, looked for in this query first and then in those around it. */
export function columnNamed(
  path: readonly string[],
  scope: Scope,
): (Column & { readonly relation: Relation }) | undefined {
  const name = path.at(-1);
  const owner = path.at(-2);
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    for (const relation of at.relations) {
      if (owner !== undefined && relation.alias !== owner) continue;
      const found = relation.columns.find((column) => column.name === name);
      if (found) return { ...found, relation };
    }
  }
  return undefined;
}
