import type { Offer } from '../../../../shared/contract/query-language.ts';
import { written } from './known-catalog.ts';
import type { Place } from './place.ts';
import { cutAtCommas, isName, isSign, isWord, type Node } from './sql-tree.ts';

/** What GROUP BY and ORDER BY take from the list of columns first: what is not aggregated, and names that were given. */
export function listed(text: string, { clause, branch, scope, groups }: Place): readonly Offer[] {
  if (groups.length > 0 || (clause !== 'group by' && clause !== 'order by')) return [];
  const { catalog } = scope;
  const list = branch.find(({ kind }) => kind === 'select')?.nodes ?? [];
  return cutAtCommas(list).flatMap((item): Offer[] => {
    const named = givenName(item);
    const value = named ? item.slice(0, isWord(item.at(-2), 'as') ? -2 : -1) : item;
    if (clause === 'order by')
      return named
        ? [{ label: named, insert: written(catalog, named), kind: 'column', detail: 'given above' }]
        : [];
    const aggregates = calls(value).some((name) =>
      catalog.functions.get(name)?.some(({ kind }) => kind === 'aggregate' || kind === 'window'),
    );
    const first = value[0];
    const last = value.at(-1);
    if (aggregates || !first || !last || isSign(last, '*')) return [];
    return [{ label: text.slice(first.start, last.stop), kind: 'column', detail: 'in the list above' }];
  });
}

const givenName = (item: readonly Node[]): string | undefined => {
  const last = item.at(-1);
  const before = item.at(-2);
  if (!isName(last) || !before || isSign(before, '.') || isSign(before, ':')) return undefined;
  return isWord(before, 'as') ||
    before.is === 'group' ||
    ['word', 'name', 'string', 'number'].includes(before.kind)
    ? last.name
    : undefined;
};

/** The functions that an expression calls, at any depth. */
function calls(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap((node, at) => {
    if (node.is !== 'group') return [];
    const before = nodes[at - 1];
    return [...(isName(before) ? [before.name] : []), ...calls(node.nodes)];
  });
}
