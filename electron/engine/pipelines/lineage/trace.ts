import type { LineageEnd } from '../../../../shared/contract/pipelines.ts';
import type { Lineage } from './pipeline-lineage.ts';
import { originOf } from './reach.ts';

type Kind = LineageEnd['edge'];

/** Edges that lead from a column to others: to what it was made from, or to what is made of it. */
export type Edges = (node: string) => readonly (readonly [node: string, kind: Kind])[];

/** Edges backwards: what a column came from. */
export const backwards =
  (lineage: Lineage): Edges =>
  (node) => {
    const reach = lineage.get(node);
    if (!reach) return [];
    return [
      ...[...reach.value].map((to) => [to, 'value'] as const),
      ...[...reach.influence].map((to) => [to, 'influence'] as const),
    ];
  };

/** Edges forwards: what is made of a column. */
export function forwards(lineage: Lineage): Edges {
  const found = new Map<string, [string, Kind][]>();
  const note = (from: string, to: string, kind: Kind) =>
    found.set(from, [...(found.get(from) ?? []), [to, kind]]);
  for (const [to, { value, influence }] of lineage) {
    for (const from of value) note(from, to, 'value');
    for (const from of influence) note(from, to, 'influence');
  }
  return (node) => found.get(node) ?? [];
}

interface Visit {
  readonly node: string;
  readonly edge: Kind;
  readonly through: readonly string[];
}

/** Every column that can be reached, nearest first. Where values alone lead there it is `value`, else `influence`. */
export function trace(start: string, edges: Edges): LineageEnd[] {
  const seen = new Map<string, Visit>();
  const walk = (from: readonly Visit[], allowed: readonly Kind[]) => {
    const waiting = [...from];
    for (let visit = waiting.shift(); visit; visit = waiting.shift()) {
      for (const [node, kind] of edges(visit.node)) {
        if (node === start || seen.has(node) || !allowed.includes(kind)) continue;
        const edge = visit.edge === 'influence' || kind === 'influence' ? 'influence' : 'value';
        const next: Visit = { node, edge, through: [...visit.through, visit.node] };
        seen.set(node, next);
        waiting.push(next);
      }
    }
  };
  const first: Visit = { node: start, edge: 'value', through: [] };
  walk([first], ['value']);
  walk([first, ...seen.values()], ['value', 'influence']);
  return [...seen.values()].map(({ node, edge, through }) => ({
    ...endOf(node),
    edge,
    through: through.slice(1).map(wordsOf),
  }));
}

/** A node as people see it. */
export function endOf(node: string): Pick<LineageEnd, 'kind' | 'name' | 'column'> {
  const [relation, column] = originOf(node);
  const at = relation.indexOf(' ');
  return { kind: relation.slice(0, at) as LineageEnd['kind'], name: relation.slice(at + 1), column };
}

function wordsOf(node: string): string {
  const { name, column } = endOf(node);
  return `${name}.${column}`;
}
