import { dateOrders } from '../../detect/date-orders.ts';
import { percent } from '../../detect/values-of.ts';
import { leastRows, type Proposer } from '../proposal.ts';

const least = 0.98;

const dateOrder: Proposer = ({ table }) =>
  dateOrders(table, leastRows, least).map(({ early, late, share, wrong }) => ({
    kind: 'compare_columns',
    params: { column: early, operator: '<=', other: late },
    reason: `in ${percent(share)} of the rows that have both, ${early} comes first`,
    support: share,
    trust: wrong.length > 0 ? 0.9 : 0.7,
  }));

export default dateOrder;
