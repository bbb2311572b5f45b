import { deciding, nowhere, type Reach, together } from './reach.ts';
import { resolve, type Scope, type Tree } from './scope.ts';

type Read = (node: Tree, scope: Scope) => Reach;

/** The reach of an expression, or of several. */
export function reachOf(node: unknown, scope: Scope): Reach {
  if (Array.isArray(node)) return together(node.map((one) => reachOf(one, scope)));
  if (typeof node !== 'object' || node === null) return nowhere;
  return together(
    Object.entries(node).map(([kind, inner]) => {
      const read = kinds[kind];
      return read ? read(inner as Tree, scope) : reachOf(inner, scope);
    }),
  );
}

/** What decides over an expression. */
export const decidingOf = (node: unknown, scope: Scope): Reach => deciding(reachOf(node, scope));

const textOf = (node: unknown): string =>
  String((node as { String?: { sval?: string } } | undefined)?.String?.sval ?? '');

/** The names of a ColumnRef; a star is an empty one. */
export const pathOf = (node: Tree): string[] => ((node['fields'] as unknown[]) ?? []).map(textOf);

const column: Read = (node, scope) => {
  const path = pathOf(node);
  return path.at(-1) === '' ? resolve(scope, path.slice(0, -1)) : resolve(scope, path);
};

const caseOf: Read = ({ arg, args, defresult }, scope) => {
  const whens = ((args as { CaseWhen?: Tree }[]) ?? []).flatMap(({ CaseWhen }) =>
    CaseWhen ? [CaseWhen] : [],
  );
  return together([
    decidingOf(arg, scope),
    ...whens.flatMap(({ expr, result }) => [decidingOf(expr, scope), reachOf(result, scope)]),
    reachOf(defresult, scope),
  ]);
};

/** How many there are tells none of the values. */
const call: Read = ({ funcname, args, agg_filter, agg_order, over }, scope) =>
  together([
    textOf((funcname as unknown[])?.at(-1)) === 'count' ? decidingOf(args, scope) : reachOf(args, scope),
    decidingOf(agg_filter, scope),
    // percentile_cont and its like take their values from here.
    reachOf(agg_order, scope),
    window((over ?? {}) as Tree, scope),
  ]);

const window: Read = ({ partitionClause, orderClause, startOffset, endOffset }, scope) =>
  decidingOf([partitionClause, orderClause, startOffset, endOffset], scope);

const subquery: Read = ({ subLinkType, testexpr, subselect }, scope) => {
  const select = (subselect as { SelectStmt?: Tree } | undefined)?.SelectStmt;
  const inner = select ? together(scope.select(select, scope, scope).map(([, reach]) => reach)) : nowhere;
  const computed = ['EXPR_SUBLINK', 'ARRAY_SUBLINK', 'MULTIEXPR_SUBLINK'].includes(String(subLinkType));
  return computed ? inner : together([deciding(inner), decidingOf(testexpr, scope)]);
};

const kinds: Readonly<Record<string, Read>> = {
  ColumnRef: column,
  CaseExpr: caseOf,
  FuncCall: call,
  WindowDef: window,
  SubLink: subquery,
};

/** What a column is called that has no name of its own. */
export function impliedName(node: unknown): string {
  const [kind = '', inner] = Object.entries((node ?? {}) as Tree)[0] ?? [];
  const tree = (inner ?? {}) as Tree;
  if (kind === 'ColumnRef') return pathOf(tree).at(-1) ?? '';
  if (kind === 'FuncCall') return textOf((tree['funcname'] as unknown[])?.at(-1));
  if (kind === 'TypeCast') {
    const own = impliedName(tree['arg']);
    if (own !== '?column?') return own;
    return textOf(((tree['typeName'] as Tree | undefined)?.['names'] as unknown[])?.at(-1));
  }
  if (kind === 'A_Indirection' || kind === 'CollateClause') return impliedName(tree['arg']);
  if (kind === 'SubLink') return subqueryName(tree);
  return constructs[kind] ?? '?column?';
}

function subqueryName({ subLinkType, subselect }: Tree): string {
  if (subLinkType === 'EXISTS_SUBLINK') return 'exists';
  if (subLinkType === 'ARRAY_SUBLINK') return 'array';
  const [target] =
    ((subselect as { SelectStmt?: Tree } | undefined)?.SelectStmt?.['targetList'] as {
      ResTarget?: Tree;
    }[]) ?? [];
  return String(target?.ResTarget?.['name'] ?? impliedName(target?.ResTarget?.['val']));
}

const constructs: Readonly<Record<string, string>> = {
  CaseExpr: 'case',
  CoalesceExpr: 'coalesce',
  MinMaxExpr: 'greatest',
  A_ArrayExpr: 'array',
  RowExpr: 'row',
};
