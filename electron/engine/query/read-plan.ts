import type { PlanNode, QueryPlan } from '../../../shared/contract/query-results.ts';

type PlanTree = Readonly<Record<string, unknown>> & { readonly Plans?: readonly PlanTree[] };

/** What EXPLAIN (FORMAT JSON) gives. */
export interface PlanJson {
  readonly Plan: PlanTree;
  readonly 'Planning Time'?: number;
  readonly 'Execution Time'?: number;
}

/** A plan as people read it: every node with its own time or cost and its share of the whole. */
export function readPlan(text: string, json: PlanJson, analyzed: boolean): QueryPlan {
  const total = (analyzed ? json['Execution Time'] : undefined) ?? spentIn(json.Plan, analyzed);
  const planningMs = json['Planning Time'];
  return {
    text,
    analyzed,
    total,
    ...(planningMs === undefined ? {} : { planningMs }),
    root: nodeOf(json.Plan, '0', spentIn(json.Plan, analyzed), analyzed),
  };
}

const numberOf = (tree: PlanTree, key: string) => Number(tree[key] ?? 0);

/** Milliseconds of all loops where it was run, else cost; children included. */
const spentIn = (tree: PlanTree, analyzed: boolean): number =>
  analyzed
    ? numberOf(tree, 'Actual Total Time') * numberOf(tree, 'Actual Loops')
    : numberOf(tree, 'Total Cost');

function nodeOf(tree: PlanTree, id: string, whole: number, analyzed: boolean): PlanNode {
  const parts = tree.Plans ?? [];
  // An InitPlan may be asked for in any node above it, so a child can have taken longer than its parent says.
  const inside = parts.reduce((sum, part) => sum + spentIn(part, analyzed), 0);
  const own = Math.max(0, spentIn(tree, analyzed) - inside);
  const loops = analyzed ? numberOf(tree, 'Actual Loops') : undefined;
  const estimated = numberOf(tree, 'Plan Rows');
  const rows = loops === undefined ? undefined : Math.round(numberOf(tree, 'Actual Rows') * loops);
  return {
    id,
    does: doesOf(tree),
    on: onOf(tree),
    details: detailsOf(tree),
    estimatedRows: loops === undefined ? estimated : estimated * Math.max(1, loops),
    ...(rows === undefined || loops === undefined
      ? {}
      : { rows, loops, off: off(estimated * Math.max(1, loops), rows) }),
    own,
    share: whole > 0 ? Math.min(1, own / whole) : 0,
    children: parts.map((part, at) => nodeOf(part, `${id}.${at}`, whole, analyzed)),
  };
}

const off = (estimated: number, rows: number) =>
  Math.max(estimated, rows, 1) / Math.max(1, Math.min(estimated, rows));

function doesOf(tree: PlanTree): string {
  const words = [
    tree['Parallel Aware'] === true ? 'Parallel' : '',
    tree['Partial Mode'] === 'Partial' || tree['Partial Mode'] === 'Finalize' ? tree['Partial Mode'] : '',
    tree['Strategy'] === 'Hashed' ? 'Hash' : '',
    tree['Join Type'] && tree['Join Type'] !== 'Inner' ? tree['Join Type'] : '',
    tree['Node Type'],
  ];
  const name = words.filter(Boolean).join(' ');
  return tree['Subplan Name'] ? `${name} (${String(tree['Subplan Name'])})` : name;
}

function onOf(tree: PlanTree): string {
  const name = tree['Relation Name'] ?? tree['CTE Name'] ?? tree['Function Name'];
  const alias = tree['Alias'] === name ? undefined : tree['Alias'];
  const index = tree['Index Name'] ? `using ${String(tree['Index Name'])}` : undefined;
  return [name, alias, index].filter(Boolean).join(' ');
}

const told = [
  'Hash Cond',
  'Merge Cond',
  'Join Filter',
  'Index Cond',
  'Recheck Cond',
  'Filter',
  'Rows Removed by Filter',
  'Rows Removed by Join Filter',
  'Group Key',
  'Sort Key',
  'Presorted Key',
  'Sort Method',
  'Sort Space Used',
  'Sort Space Type',
  'Hash Batches',
  'Peak Memory Usage',
  'Heap Fetches',
  'Function Call',
  'Operation',
  'Shared Hit Blocks',
  'Shared Read Blocks',
  'Temp Written Blocks',
  'Output',
];

const detailsOf = (tree: PlanTree): readonly (readonly [string, string])[] =>
  told.flatMap((name) => {
    const value = tree[name];
    if (value === undefined || value === 0) return [];
    return [[name, Array.isArray(value) ? value.join(', ') : String(value)] as const];
  });
