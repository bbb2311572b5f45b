import type { Hover } from '../../../../shared/contract/query-language.ts';
import { type KnownCatalog, relationNamed } from './known-catalog.ts';
import { columnNamed } from './output-columns.ts';
import { type Place, placeAt, qualifiers } from './place.ts';
import type { Relation } from './relations.ts';
import { insideText, isName, type Leaf, type Node, statementAround } from './sql-tree.ts';

/** What the name at a place is: a column with its type, a relation with its columns, a function with its calls. */
export function hoverAt(text: string, at: number, catalog: KnownCatalog): Hover | null {
  const leaf = leafAt(statementAround(text, at), at);
  if (!leaf || insideText(text, at)) return null;
  const place = placeAt(text, leaf.stop, catalog);
  const range = { from: leaf.start, to: leaf.stop };
  const says =
    (/^\s*\(/.test(text.slice(leaf.stop)) && functionNamed(leaf.name, catalog)) ||
    columnSays(leaf.name, place) ||
    relationSays(leaf.name, place);
  return says ? { ...range, ...says } : null;
}

function leafAt(nodes: readonly Node[], at: number): Leaf | undefined {
  for (const node of nodes) {
    if (at < node.start || at > node.stop) continue;
    if (node.is === 'group') return leafAt(node.nodes, at);
    if (isName(node)) return node;
  }
  return undefined;
}

type Says = Pick<Hover, 'title' | 'says'>;

function columnSays(name: string, { scope, before }: Place): Says | undefined {
  const found = columnNamed([...qualifiers(before), name], scope);
  if (!found) return undefined;
  const { relation, type } = found;
  const where = relation.table && relation.table !== relation.alias ? ` of ${relation.table}` : '';
  const says = relation.alias
    ? `Column of ${relation.what} ${relation.alias}${where}`
    : 'Column of a subquery';
  return {
    title: `${name} ${type || 'unknown'}`,
    says: type ? says : `${says}; its type is known when it runs`,
  };
}

function relationSays(name: string, { scope, before }: Place): Says | undefined {
  const relation = visible(name, scope.relations, scope.outer?.relations ?? []);
  const named = scope.named.get(name);
  const columns =
    relation?.columns ?? named ?? relationNamed(scope.catalog, qualifiers(before)[0], name)?.columns;
  if (!columns || columns.length === 0) return undefined;
  const shown = columns.slice(0, 12).map((column) => `${column.name} ${column.type}`.trim());
  const rest = columns.length > shown.length ? `, … ${columns.length - shown.length} more` : '';
  return {
    title: `${relation?.what ?? (named ? 'with' : 'table')} ${relation?.table ?? name}`,
    says: `${columns.length} columns: ${shown.join(', ')}${rest}`,
  };
}

const visible = (name: string, ...lists: readonly (readonly Relation[])[]) =>
  lists.flat().find(({ alias }) => alias === name);

function functionNamed(name: string, { functions }: KnownCatalog): Says | undefined {
  const calls = functions.get(name);
  if (!calls) return undefined;
  const shown = calls.slice(0, 6).map(({ args, result }) => `${name}(${args}) → ${result}`);
  return {
    title: shown.join('\n'),
    says: calls.length > 6 ? `${calls.length} ways to call it` : (calls[0]?.kind ?? ''),
  };
}
