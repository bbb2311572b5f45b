import { useMemo, useState } from 'react';
import type { QueryPlan } from '../../../shared/contract/query-results.ts';
import { duration, number } from '../../../shared/number-words.ts';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { comparedNodes, flatNodes } from './plan-nodes.ts';
import { PlanTree } from './plan-tree.tsx';
import styles from './query-view.module.css';

const none = 'none';

/** A plan as a tree, searched, and against an earlier one. */
export function PlanPage({ plans }: { readonly plans: readonly QueryPlan[] }) {
  const [search, setSearch] = useState('');
  const [against, setAgainst] = useState(none);
  const [plan] = plans;
  const before = against === none ? undefined : plans[Number(against)];
  const nodes = useMemo(
    () => (plan ? (before ? comparedNodes(plan.root, before.root) : flatNodes(plan.root)) : []),
    [plan, before],
  );
  if (!plan) return null;
  const earlier = plans.slice(1).map((other, at) => ({
    value: String(at + 1),
    label: `${at + 1} before · ${totalOf(other)}`,
    aside: other.text.replaceAll(/\s+/g, ' ').slice(0, 60),
  }));
  return (
    <div className={styles['part']}>
      <Toolbar
        label="Plan"
        end={
          <>
            <TextField
              label="Find in the plan"
              hideLabel
              placeholder="Find…"
              value={search}
              onChange={setSearch}
            />
            <Select
              label="Compare with"
              hideLabel
              value={against}
              onChange={setAgainst}
              disabled={earlier.length === 0}
              options={[{ value: none, label: 'Compare with…' }, ...earlier]}
            />
          </>
        }
      >
        <strong>{totalOf(plan)}</strong>
        <span className={styles['aside']}>
          {plan.analyzed ? 'run' : 'estimated, not run'}
          {plan.planningMs === undefined ? '' : ` · planned in ${duration(plan.planningMs)}`}
          {before && ` · before ${totalOf(before)}`}
        </span>
        <code className={styles['statement']} title={plan.text}>
          {plan.text.replaceAll(/\s+/g, ' ')}
        </code>
      </Toolbar>
      <PlanTree nodes={nodes} analyzed={plan.analyzed} search={search} compared={before !== undefined} />
    </div>
  );
}

const totalOf = ({ analyzed, total }: QueryPlan) => (analyzed ? exact(total) : `cost ${number(total)}`);
const exact = (ms: number) => (ms < 10 ? `${ms.toFixed(2)} ms` : duration(ms));
