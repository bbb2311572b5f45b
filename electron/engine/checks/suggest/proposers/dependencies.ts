import { percent } from '../../detect/values-of.ts';
import { distinctShare, type Proposer } from '../proposal.ts';

const least = 0.97;
/** The strongest only: every pair of columns of a wide table may depend on one another. */
const most = 12;

const dependencies: Proposer = ({ dependencies: found }) =>
  found()
    .found.filter(
      ({ agreement, by, column }) =>
        agreement >= least && distinctShare(by) < 0.5 && column.values.length > 2,
    )
    .toSorted((a, b) => b.agreement - a.agreement)
    .slice(0, most)
    .map(({ by, column, agreement }) => ({
      kind: 'functional_dependency',
      params: { by: [by.name], column: column.name },
      reason: `of the rows whose ${by.name} comes three times or more, ${percent(agreement)} have the ${column.name} that the others with it have`,
      support: agreement,
      trust: 0.75 * agreement,
    }));

export default dependencies;
