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

/** The nodes of two plans laid over one another: by place where they do the same, else as gone and new. */
export function comparedNodes(now: PlanNode, before: PlanNode | undefined, depth = 0): readonly PlanLine[] {
  const met = before && same(before, now) ? before : undefined;
  const gone = before && !met ? flatNodes(before, depth).map((line) => ({ ...line, gone: true })) : [];
  const left = [...(met?.children ?? [])];
  const children = now.children.flatMap((child) => {
    const at = left.findIndex((other) => same(other, child));
    const [other] = at < 0 ? [] : left.splice(at, 1);
    return comparedNodes(child, other, depth + 1);
  });
  const rest = left.flatMap((other) => flatNodes(other, depth + 1).map((line) => ({ ...line, gone: true })));
  return [...gone, { node: now, depth, before: met?.own }, ...children, ...rest];
}

/** A node that takes a large part of the whole. */
export const isHeavy = ({ share }: PlanNode) => share >= 0.25;

/** Rows so far from the estimate that the planner chose blindly. */
export const isMisjudged = ({ off, rows, estimatedRows }: PlanNode) =>
  off !== undefined && off >= 10 && Math.max(rows ?? 0, estimatedRows) >= 100;
