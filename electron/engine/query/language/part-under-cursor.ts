import { type Cte, readQuery, unwrapped } from './clauses.ts';
import { type Group, isQuery, type Node, statementAround } from './sql-tree.ts';

/** A query within a query, as it can be run by itself. */
export interface QueryPart {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const holds = ({ start, stop }: { start: number; stop: number }, at: number) => at >= start && at <= stop;

/** The name of WITH or the subselect that a place is in, the innermost, with the names of WITH that it may read. */
export function partUnderCursor(text: string, at: number): QueryPart | undefined {
  return partIn(text, statementAround(text, at), at, []);
}

function partIn(
  text: string,
  nodes: readonly Node[],
  at: number,
  outer: readonly string[],
): QueryPart | undefined {
  const { ctes, recursive } = readQuery(nodes);
  const word = recursive ? 'recursive ' : '';
  const lists = ctes.map((cte) => definition(text, cte));
  const inside = ctes.findIndex(
    ({ name, body }) => body && holds({ start: name.start, stop: body.stop }, at),
  );
  const cte = ctes[inside];
  if (cte?.body) {
    const seen = [...outer, ...lists.slice(0, recursive ? lists.length : inside)];
    const deeper = holds(cte.body, at) ? partIn(text, unwrapped(cte.body).nodes, at, seen) : undefined;
    const own = recursive ? [...outer, ...lists] : [...seen, lists[inside] ?? ''];
    const name = text.slice(cte.name.start, cte.name.stop);
    return (
      deeper ?? {
        title: name,
        from: cte.name.start,
        to: cte.body.stop,
        text: withNames(word, own, `select * from ${name}`),
      }
    );
  }
  const group = queryAround(nodes, at);
  if (!group) return undefined;
  const seen = [...outer, ...lists];
  return (
    partIn(text, unwrapped(group).nodes, at, seen) ?? {
      title: 'subselect',
      from: group.start,
      to: group.stop,
      text: withNames(word, seen, text.slice(group.start + 1, group.closed ? group.stop - 1 : group.stop)),
    }
  );
}

const definition = (text: string, { name, body }: Cte) => text.slice(name.start, body?.stop ?? name.stop);

const withNames = (word: string, names: readonly string[], query: string) =>
  names.length === 0 ? query : `with ${word}${names.join(',\n')}\n${asSubselect(query)}`;

/** A query with WITH of its own cannot stand behind another one, but in brackets it can. */
const asSubselect = (query: string) =>
  /^\s*with\b/i.test(query) ? `select * from (${query}\n) as part` : query;

/** The outermost brackets around a place in which a query stands. */
function queryAround(nodes: readonly Node[], at: number): Group | undefined {
  for (const node of nodes) {
    if (node.is !== 'group' || !holds(node, at)) continue;
    return isQuery(node) ? node : queryAround(node.nodes, at);
  }
  return undefined;
}
