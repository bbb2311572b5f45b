import { percent } from '../../detect/values-of.ts';
import type { Proposer } from '../proposal.ts';

/** So many loads before this one are looked at. */
const recent = 20;

/** The columns that the contract promises, or that most of the loads before had. */
const columnsAsBefore: Proposer = ({ promised, former }) => {
  const params = (columns: typeof promised) => ({
    columns: columns.map(({ name, type }) => ({ name, type })),
    inOrder: false,
  });
  if (promised.length > 1) {
    const reason = `the contract says so of ${promised.length} columns`;
    return [{ kind: 'columns', params: params(promised), reason, support: 1, trust: 0.95 }];
  }
  const lists = former.slice(0, recent).map(({ columns }) => columns);
  const keyed = lists.map((columns) => JSON.stringify(columns.map(({ name, type }) => [name, type])));
  const counts = new Map<string, number>();
  for (const key of keyed) counts.set(key, (counts.get(key) ?? 0) + 1);
  const [usual, count = 0] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  const columns = lists[keyed.indexOf(usual ?? '')];
  if (!columns) return [];
  const support = count / lists.length;
  return [
    {
      kind: 'columns',
      params: params(columns),
      reason: `${percent(support)} of the last ${lists.length} loads had these columns`,
      support,
      trust: 0.8 * support,
    },
  ];
};

export default columnsAsBefore;
