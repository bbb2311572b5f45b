import { decidingOf, reachOf } from './expressions.ts';
import { nowhere, type Reach, together } from './reach.ts';
import { type Columns, columnsNamed, type Relation, type Scope, type Tree, within } from './scope.ts';

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

const push = (scope: Scope, alias: Alias | undefined, name: string, columns: Columns): void => {
  const names = (alias?.colnames ?? []).map(({ String: text }) => text?.sval ?? '');
  const renamed = columns.map(([own, reach], at) => [names[at] ?? own, reach] as const);
  scope.relations.push({ alias: alias?.aliasname ?? name, columns: renamed } satisfies Relation);
};

const kinds: Readonly<Record<string, (node: Tree, scope: Scope) => Reach>> = {
  RangeVar({ schemaname, relname, alias }, scope) {
    const name = String(relname ?? '');
    push(scope, alias as Alias, name, columnsNamed(scope, schemaname as string | undefined, name));
    return nowhere;
  },
  RangeSubselect({ subquery, alias }, scope) {
    const select = (subquery as { SelectStmt?: Tree }).SelectStmt ?? {};
    push(scope, alias as Alias, '', scope.select(select, scope, scope));
    return nowhere;
  },
  RangeFunction({ functions, alias, ordinality }, scope) {
    const reach = reachOf(functions, scope);
    const names = ((alias as Alias | undefined)?.colnames ?? []).map(({ String: text }) => text?.sval ?? '');
    const columns = (
      names.length > 0 ? names : [(alias as Alias | undefined)?.aliasname ?? functionName(functions)]
    ).map(
      (name, at, all) => [name, ordinality && at === all.length - 1 && at > 0 ? nowhere : reach] as const,
    );
    push(
      scope,
      { aliasname: (alias as Alias | undefined)?.aliasname ?? functionName(functions) },
      '',
      columns,
    );
    return reach.value.size > 0 ? { value: new Set(), influence: reach.value } : nowhere;
  },
  JoinExpr({ larg, rarg, quals, usingClause, alias }, scope) {
    const before = scope.relations.length;
    const inner = [addRelation(larg, scope), addRelation(rarg, scope)];
    const joined = scope.relations.slice(before);
    const shared = ((usingClause as Name[]) ?? []).map(({ String: text }) => text?.sval ?? '');
    const keys = joined.flatMap(({ columns }) => columns.filter(([name]) => shared.includes(name)));
    const decided = decidingOf(quals, scope);
    const aliased = (alias as Alias | undefined)?.aliasname;
    if (aliased)
      scope.relations.splice(before, joined.length, {
        alias: aliased,
        columns: joined.flatMap(({ columns }) => columns),
      });
    const same = { value: new Set<string>(), influence: together(keys.map(([, reach]) => reach)).value };
    return together([...inner, decided, same]);
  },
};

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
