import { decidingOf, reachOf } from './expressions.ts';
import { nowhere, type Reach, together } from './reach.ts';
import {
  type Columns,
  columnsNamed,
  type Relation,
  type Scope,
  starred,
  type Tree,
  within,
} from './scope.ts';

type Name = { readonly String?: { readonly sval?: string } };
interface Alias {
  readonly aliasname?: string;
  readonly colnames?: readonly Name[];
}

/** Puts a relation of FROM into the scope; returns what its joins decide by. */
export function addRelation(node: unknown, scope: Scope): Reach {
  const [kind = '', inner] = Object.entries((node ?? {}) as Tree)[0] ?? [];
  return kinds[kind]?.((inner ?? {}) as Tree, scope) ?? nowhere;
}

function push(
  scope: Scope,
  alias: Alias | undefined,
  name: string,
  columns: Columns,
  others?: Reach | undefined,
): void {
  const names = (alias?.colnames ?? []).map(({ String: text }) => text?.sval ?? '');
  const renamed = columns.map(([own, reach], at) => [names[at] ?? own, reach] as const);
  const rest = others === undefined ? {} : { others };
  scope.relations.push({ alias: alias?.aliasname ?? name, columns: renamed, ...rest } satisfies Relation);
}

/** What decided over the rows of a relation, also where none of its columns is asked for: it is in all of them. */
const overRows = ([first, ...others]: Columns): Reach => ({
  value: new Set(),
  influence: new Set(
    [...(first?.[1].influence ?? [])].filter((name) => others.every(([, one]) => one.influence.has(name))),
  ),
});

/** JSON_TABLE and XMLTABLE: every column comes from what is taken apart. */
function addTable(node: Tree, scope: Scope, name: string): Reach {
  const reach = reachOf([node['context_item'], node['docexpr'], node['rowexpr'], node['passing']], scope);
  const named = [
    ...namesIn(node['columns'], 'JsonTableColumn', 'name'),
    ...namesIn(node['columns'], 'RangeTableFuncCol', 'colname'),
  ];
  push(
    scope,
    node['alias'] as Alias | undefined,
    name,
    named.map((column) => [column, reach] as const),
  );
  return { value: new Set(), influence: reach.value };
}

/** Names of columns that are defined in place, those within one another too. */
function namesIn(list: unknown, kind: string, key: string): string[] {
  return ((list as Tree[] | undefined) ?? []).flatMap((entry) => {
    const one = entry[kind] as Tree | undefined;
    if (!one) return [];
    const inner = namesIn(one['columns'], kind, key);
    return typeof one[key] === 'string' && inner.length === 0 ? [String(one[key])] : inner;
  });
}

const kinds: Readonly<Record<string, (node: Tree, scope: Scope) => Reach>> = {
  RangeVar({ schemaname, relname, alias }, scope) {
    const name = String(relname ?? '');
    const columns = columnsNamed(scope, schemaname as string | undefined, name);
    push(scope, alias as Alias, name, columns);
    return overRows(columns);
  },
  RangeSubselect({ subquery, alias }, scope) {
    const select = (subquery as { SelectStmt?: Tree }).SelectStmt ?? {};
    const columns = scope.select(select, scope, scope);
    push(scope, alias as Alias, '', columns);
    return overRows(columns);
  },
  RangeTableSample({ relation }, scope) {
    return addRelation(relation, scope);
  },
  RangeTableFunc(node, scope) {
    return addTable(node, scope, 'xmltable');
  },
  JsonTable(node, scope) {
    return addTable(node, scope, 'json_table');
  },
  RangeFunction({ functions, alias, ordinality, coldeflist }, scope) {
    const reach = reachOf(functions, scope);
    const defined = namesIn(coldeflist, 'ColumnDef', 'colname');
    const given = ((alias as Alias | undefined)?.colnames ?? []).map(({ String: text }) => text?.sval ?? '');
    const names = given.length > 0 ? given : defined;
    const columns = (
      names.length > 0 ? names : [(alias as Alias | undefined)?.aliasname ?? functionName(functions)]
    ).map(
      (name, at, all) => [name, ordinality && at === all.length - 1 && at > 0 ? nowhere : reach] as const,
    );
    const aliasname = (alias as Alias | undefined)?.aliasname ?? functionName(functions);
    push(scope, { aliasname }, '', columns, names.length > 0 ? undefined : reach);
    return reach.value.size > 0 ? { value: new Set(), influence: reach.value } : nowhere;
  },
  JoinExpr({ larg, rarg, quals, usingClause, isNatural, alias, join_using_alias }, scope) {
    const before = scope.relations.length;
    const left = addRelation(larg, scope);
    const middle = scope.relations.length;
    const inner = [left, addRelation(rarg, scope)];
    const sides = [scope.relations.slice(before, middle), scope.relations.slice(middle)] as const;
    const shared = isNatural
      ? namesOfBoth(sides)
      : ((usingClause as Name[]) ?? []).map(({ String: text }) => text?.sval ?? '');
    const decided = decidingOf(quals, scope);
    const keys = sharedColumns(sides.flat(), shared);
    const parts = sides.flat().map((one) => ({ ...one, joined: [...(one.joined ?? []), ...shared] }));
    const using = { alias: (join_using_alias as Alias | undefined)?.aliasname ?? '', columns: keys };
    scope.relations.splice(before, parts.length, ...(shared.length > 0 ? [using] : []), ...parts);
    if ((alias as Alias | undefined)?.aliasname) {
      const all = scope.relations.splice(before).flatMap(starred);
      push(scope, alias as Alias, '', all);
    }
    const same = { value: new Set<string>(), influence: together(keys.map(([, reach]) => reach)).value };
    return together([...inner, decided, same]);
  },
};

/** Columns that a join puts together: each is one of both sides, or of the side that has a row. */
const sharedColumns = (relations: readonly Relation[], shared: readonly string[]): Columns =>
  shared.map((name) => {
    const own = relations.flatMap((one) => starred(one).filter(([column]) => column === name));
    return [name, together(own.map(([, reach]) => reach))] as const;
  });

function namesOfBoth([left, right]: readonly (readonly Relation[])[]): string[] {
  const theirs = new Set(right?.flatMap(starred).map(([name]) => name));
  return (left ?? []).flatMap(starred).flatMap(([name]) => (theirs.has(name) ? [name] : []));
}

function functionName(functions: unknown): string {
  const found = JSON.stringify(functions ?? '').match(
    /"funcname":\[(?:\{"String":\{"sval":"[^"]*"\}\},)*\{"String":\{"sval":"([^"]*)"/,
  );
  return found?.[1] ?? '';
}

/** The relations of a FROM list in a scope of their own, with what their joins decide by. */
export function fromScope(
  list: unknown,
  base: Scope,
  outer: Scope | undefined,
): { scope: Scope; decides: Reach } {
  const scope = within(base, outer);
  const decides = together(((list as unknown[]) ?? []).map((node) => addRelation(node, scope)));
  return { scope, decides };
}
