import { decidingOf, impliedName, pathOf, reachOf } from './expressions.ts';
import { fromScope } from './from-clause.ts';
import { deciding, nowhere, together } from './reach.ts';
import { type Columns, decidedBy, type Scope, starred, type Tree, within } from './scope.ts';

/** The columns of a SELECT, each with how it came about. */
export function readSelect(tree: Tree, outer: Scope | undefined, base: Scope): Columns {
  const scope = within(base, outer);
  addAllNamed(tree['withClause'] as Tree | undefined, scope);
  if (tree['op'] !== undefined && tree['op'] !== 'SETOP_NONE') return combined(tree, outer, scope);
  if (tree['valuesLists']) return valuesOf(tree['valuesLists'] as Tree[], scope);
  return plain(tree, outer, scope);
}

/** The names of WITH; those that may read themselves, or one after them, until nothing more is found. */
function addAllNamed(clause: Tree | undefined, scope: Scope): void {
  const ctes = (clause?.['ctes'] as { CommonTableExpr?: Tree }[]) ?? [];
  const read = () => {
    for (const { CommonTableExpr } of ctes) addNamed(CommonTableExpr ?? {}, scope);
    return ctes.map(({ CommonTableExpr }) => sizesOf(scope.named.get(String(CommonTableExpr?.['ctename']))));
  };
  let known = read();
  if (!clause?.['recursive']) return;
  for (let before = ''; before !== String(known); known = read()) before = String(known);
}

const sizesOf = (columns: Columns | undefined): readonly number[] =>
  (columns ?? []).flatMap(([, { value, influence }]) => [value.size, influence.size]);

function addNamed({ ctename, aliascolnames, ctequery }: Tree, scope: Scope): void {
  const select = (ctequery as { SelectStmt?: Tree } | undefined)?.SelectStmt;
  if (!select) return;
  const names = ((aliascolnames as { String?: { sval?: string } }[]) ?? []).map(
    ({ String: text }) => text?.sval ?? '',
  );
  const columns = readSelect(select, scope.outer, scope);
  scope.named.set(
    String(ctename),
    columns.map(([name, reach], at) => [names[at] ?? name, reach] as const),
  );
}

/** UNION ALL only puts rows together; all others compare whole rows. */
function combined(tree: Tree, outer: Scope | undefined, scope: Scope): Columns {
  const left = readSelect(tree['larg'] as Tree, outer, scope);
  const right = readSelect(tree['rarg'] as Tree, outer, scope);
  const second = tree['op'] === 'SETOP_EXCEPT' ? nowhere : undefined;
  const columns = left.map(
    ([name, reach], at) => [name, together([reach, second ?? right[at]?.[1] ?? nowhere])] as const,
  );
  if (tree['op'] === 'SETOP_UNION' && tree['all']) return columns;
  return decidedBy(
    columns,
    [...left, ...right].map(([, reach]) => reach),
  );
}

function valuesOf(lists: readonly Tree[], scope: Scope): Columns {
  const rows = lists.map((list) => ((list['List'] as Tree | undefined)?.['items'] as unknown[]) ?? []);
  const width = Math.max(0, ...rows.map((row) => row.length));
  return Array.from(
    { length: width },
    (_none, at) => [`column${at + 1}`, together(rows.map((row) => reachOf(row[at], scope)))] as const,
  );
}

const deciders = [
  'whereClause',
  'groupClause',
  'havingClause',
  'sortClause',
  'distinctClause',
  'windowClause',
  'limitOffset',
  'limitCount',
] as const;

function plain(tree: Tree, outer: Scope | undefined, base: Scope): Columns {
  const { scope, decides } = fromScope(tree['fromClause'], base, outer);
  const targets = ((tree['targetList'] as { ResTarget?: Tree }[]) ?? []).flatMap(({ ResTarget }) =>
    ResTarget ? [ResTarget] : [],
  );
  const columns = targets.flatMap(({ name, val }) => targetOf(name as string | undefined, val, scope));
  const byName: Scope = {
    ...scope,
    relations: [...scope.relations, { alias: '', columns: named(columns, scope) }],
  };
  const decided = deciders.map((part) => decidingOf(tree[part], byName));
  const places = placesIn([tree['groupClause'], tree['sortClause']]).map((place) =>
    deciding(columns[place - 1]?.[1] ?? nowhere),
  );
  const apart = isDistinct(tree) ? columns.map(([, reach]) => deciding(reach)) : [];
  // EXISTS asks for rows only: what decides over them is all there is.
  const there = columns.length > 0 ? columns : [['', nowhere] as const];
  return decidedBy(there, [decides, ...decided, ...places, ...apart]);
}

/** DISTINCT without ON compares all columns. */
const isDistinct = ({ distinctClause }: Tree): boolean =>
  Array.isArray(distinctClause) && distinctClause.every((one) => Object.keys(one ?? {}).length === 0);

/** Names that only the list of columns has: GROUP BY and ORDER BY may say them. */
const named = (columns: Columns, { relations }: Scope): Columns => {
  const taken = new Set(relations.flatMap(({ columns: own }) => own.map(([name]) => name)));
  return columns.filter(([name]) => !taken.has(name));
};

/** Places of columns that ORDER BY 1 and GROUP BY 1 mean. */
function placesIn(clauses: readonly unknown[]): number[] {
  return clauses.flatMap((clause) =>
    ((clause as Tree[]) ?? []).flatMap((entry) => {
      const node = ((entry['SortBy'] as Tree | undefined)?.['node'] ?? entry) as {
        A_Const?: { ival?: { ival?: number } };
      };
      return node.A_Const?.ival?.ival ?? [];
    }),
  );
}

function targetOf(name: string | undefined, val: unknown, scope: Scope): Columns {
  const path = pathOf(((val as { ColumnRef?: Tree } | undefined)?.ColumnRef ?? {}) as Tree);
  if (path.length === 0 || path.at(-1) !== '') return [[name ?? impliedName(val), reachOf(val, scope)]];
  const alias = path.at(-2);
  return scope.relations
    .filter((one) => alias === undefined || one.alias === alias)
    .flatMap((one) => (alias === undefined ? starred(one) : one.columns));
}
