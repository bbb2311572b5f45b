import type { Column } from '../../../../shared/column.ts';
import type { Branch, Clause } from './clauses.ts';
import { type KnownCatalog, relationNamed } from './known-catalog.ts';
import { cutAtCommas, type Group, isName, isQuery, isSign, isWord, type Node } from './sql-tree.ts';

/** A relation that a query reads or changes, as its columns can be named. */
export interface Relation {
  readonly alias: string;
  readonly columns: readonly Column[];
  /** The table's name, where it is one. */
  readonly table?: string;
  readonly schema?: string;
  /** What it is to people: table, view, subquery, function, WITH. */
  readonly what: string;
  /** Where it begins in the text. */
  readonly start?: number;
}

/** What names mean at a place. */
export interface Scope {
  readonly relations: readonly Relation[];
  readonly named: ReadonlyMap<string, readonly Column[]>;
  readonly outer: Scope | undefined;
  readonly catalog: KnownCatalog;
  /** Columns of a query in brackets within a scope. */
  readonly columnsOf: (group: Group, scope: Scope) => readonly Column[];
}

const noAlias = new Set(
  `left right full inner outer cross natural join on using where group order having limit offset fetch union
  intersect except set values returning when tablesample window for do default overriding`.split(/\s+/),
);

const reading: readonly Clause['kind'][] = ['from', 'join', 'update', 'insert', 'merge'];

/** The relations of a branch, in order. */
export function relationsOf(branch: Branch, scope: Scope): Relation[] {
  return branch
    .filter(({ kind }) => reading.includes(kind))
    .flatMap(({ nodes }) => cutAtCommas(nodes))
    .flatMap((nodes) => relationIn(nodes, scope) ?? []);
}

function relationIn(nodes: readonly Node[], scope: Scope): Relation | undefined {
  const [first, ...rest] = nodes;
  if (isWord(first, 'lateral', 'only') && rest.length > 0) return relationIn(rest, scope);
  if (first?.is === 'group') {
    if (!isQuery(first)) return relationIn(first.nodes, scope);
    return aliased(scope.columnsOf(first, scope), rest, { alias: '', what: 'subquery' });
  }
  if (!isName(first) || isSign(rest[0], '(')) return undefined;
  const { path, after } = pathAt(nodes);
  const name = path.at(-1) ?? '';
  if (after[0]?.is === 'group' && after[0].open === '(' && !isInsertList(after, scope, path))
    return functionRelation(name, after.slice(1), scope);
  const schema = path.at(-2);
  const named = schema === undefined ? scope.named.get(name) : undefined;
  const { start } = first;
  if (named) return aliased(named, after, { alias: name, what: 'with', start });
  const known = relationNamed(scope.catalog, schema, name);
  const found = known ? { table: known.name, schema: known.schema, start } : { start };
  return aliased(known?.columns ?? [], after, { alias: name, what: known?.kind ?? 'table', ...found });
}

/** `insert into t (a, b)`: the brackets are columns, not arguments. */
const isInsertList = (after: readonly Node[], { catalog }: Scope, path: readonly string[]) =>
  after[0]?.is === 'group' && relationNamed(catalog, path.at(-2), path.at(-1) ?? '') !== undefined;

/** A name with its qualifiers, and what follows. */
export function pathAt(nodes: readonly Node[]): { path: string[]; after: readonly Node[] } {
  const path: string[] = [];
  let at = 0;
  while (isName(nodes[at])) {
    path.push((nodes[at] as { name: string }).name);
    at++;
    if (!isSign(nodes[at], '.')) break;
    at++;
  }
  return { path, after: nodes.slice(at) };
}

function functionRelation(name: string, after: readonly Node[], scope: Scope): Relation {
  const calls = scope.catalog.functions.get(name) ?? [];
  const results = [...new Set(calls.map(({ result }) => result.replace(/^SETOF /, '')))];
  const type = results.length === 1 ? (results[0] ?? '') : '';
  const table = /^TABLE\((.*)\)$/.exec(type)?.[1];
  const columns = table
    ? table.split(', ').map((part) => ({
        name: part.split(' ')[0] ?? '',
        type: part.split(' ').slice(1).join(' '),
      }))
    : undefined;
  const numbered = isWord(after[0], 'with') && isWord(after[1], 'ordinality');
  const place = numbered ? [{ name: 'ordinality', type: 'bigint' }] : [];
  const given = aliased([...(columns ?? [{ name, type }]), ...place], after.slice(numbered ? 2 : 0), {
    alias: name,
    what: 'function',
  });
  const [only, ...others] = given.columns;
  // A function that gives one value calls its column as the relation is called.
  return columns || !only || only.name !== name
    ? given
    : { ...given, columns: [{ name: given.alias, type }, ...others] };
}

function aliased(
  columns: readonly Column[],
  after: readonly Node[],
  relation: Omit<Relation, 'columns'>,
): Relation {
  const at = isWord(after[0], 'as') ? 1 : 0;
  const name = after[at];
  const hasName = isName(name) && !(name.kind === 'word' && noAlias.has(name.name));
  const list = hasName ? after[at + 1] : undefined;
  const names = list?.is === 'group' && list.open === '(' ? namesIn(list) : [];
  return {
    ...relation,
    alias: hasName ? name.name : relation.alias,
    columns: renamed(columns, names),
  };
}

/** The names that stand in brackets, a type after each left out. */
export const namesIn = ({ nodes }: Group): string[] =>
  cutAtCommas(nodes).flatMap(([first]) => (isName(first) ? [first.name] : []));

/** Columns with other names; names beyond them are columns whose type is not known. */
export const renamed = (columns: readonly Column[], names: readonly string[]): readonly Column[] => [
  ...columns.map(({ name, type }, at) => ({ name: names[at] ?? name, type })),
  ...names.slice(columns.length).map((name) => ({ name, type: '' })),
];
