import type { PlanNode } from '../../../shared/contract/query-results.ts';

/** A node of a plan as a line of the tree. */
export interface PlanLine {
  readonly node: PlanNode;
  readonly depth: number;
  /** What the same node of another plan took; none where it is new. */
  readonly before?: number | undefined;
  /** The other plan has it and this one has not. */
  readonly gone?: boolean;
}

/** The nodes of a plan from top to bottom. */
export const flatNodes = (node: PlanNode, depth = 0): readonly PlanLine[] => [
  { node, depth },
  ...node.children.flatMap((child) => flatNodes(child, depth + 1)),
];

const same = (a: PlanNode | undefined, b: PlanNode) => a?.does === b.does && a.on === b.on;

const holds = (tree: PlanNode, node: PlanNode): boolean =>
  tree.children.some((child) => same(child, node) || holds(child, node));

const nodesOf = (tree: PlanNode): readonly PlanNode[] => flatNodes(tree).map(({ node }) => node);

const shares = (a: PlanNode, b: PlanNode): boolean =>
  nodesOf(a).some((one) => nodesOf(b).some((other) => same(one, other)));

const goneFrom = (node: PlanNode, depth: number) =>
  flatNodes(node, depth).map((line) => ({ ...line, gone: true }));

/**
 * The nodes of two plans laid over one another: by place where they do the same, else as gone and new; what stands below a node
 * that only one of them has meets its like all the same.
 */
export function comparedNodes(now: PlanNode, before: PlanNode | undefined, depth = 0): readonly PlanLine[] {
  if (before && !same(before, now) && !holds(now, before) && shares(before, now)) {
    const gone = { node: before, depth, gone: true };
    if (holds(before, now)) return [gone, ...comparedLists([now], before.children, depth)];
    return [gone, { node: now, depth }, ...comparedLists(now.children, before.children, depth + 1)];
  }
  if (before && !same(before, now) && holds(now, before))
    return [{ node: now, depth }, ...comparedLists(now.children, [before], depth + 1)];
  const met = before && same(before, now) ? before : undefined;
  const gone = before && !met ? goneFrom(before, depth) : [];
  const line = { node: now, depth, before: met?.own };
  return [...gone, line, ...comparedLists(now.children, met?.children ?? [], depth + 1)];
}

/** Nodes meet those that do the same first, then those with which they have a part in common. */
function comparedLists(
  nows: readonly PlanNode[],
  befores: readonly PlanNode[],
  depth: number,
): readonly PlanLine[] {
  const left = [...befores];
  const met = new Map<PlanNode, PlanNode>();
  for (const fits of [same, (a: PlanNode | undefined, b: PlanNode) => a !== undefined && shares(a, b)]) {
    for (const now of nows) {
      const at = met.has(now) ? -1 : left.findIndex((other) => fits(other, now));
      const [other] = at < 0 ? [] : left.splice(at, 1);
      if (other) met.set(now, other);
    }
  }
  return [
    ...nows.flatMap((now) => comparedNodes(now, met.get(now), depth)),
    ...left.flatMap((other) => goneFrom(other, depth)),
  ];
}

/** A node that takes a large part of the whole. */
export const isHeavy = ({ share }: PlanNode) => share >= 0.25;

/** Rows so far from the estimate that the planner chose blindly. */
export const isMisjudged = ({ off, rows, estimatedRows }: PlanNode) =>
  off !== undefined && off >= 10 && Math.max(rows ?? 0, estimatedRows) >= 100;
