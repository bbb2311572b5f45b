import { count } from '../../../../../shared/number-words.ts';
import { isDated, numbersOf } from '../../detect/numbers-of.ts';
import type { Proposer } from '../proposal.ts';

const leastRows = 50;
const hour = 3600 * 1000;
/** Only a table that is kept up to date is expected to stay so. */
const freshDays = 7;

const noLimits = { min: null, max: null, warnMin: null, warnMax: null };

/** How many rows there should at least be, and how fresh a table that is fresh should stay. */
const volume: Proposer = ({ table, rows, now }) => {
  if (rows < leastRows) return [];
  const min = Number((rows * 0.8).toPrecision(2));
  const enough = {
    kind: 'row_count',
    params: { ...noLimits, min },
    reason: `there are ${count(rows)} rows now: a load that lost a fifth of them would be seen`,
    support: 1,
    trust: 0.5,
  };
  const fresh = table.columns.filter(isDated).flatMap((column) => {
    const past = numbersOf(column).filter(({ number }) => number <= now.getTime());
    const age = (now.getTime() - Math.max(...past.map(({ number }) => number))) / hour;
    if (past.length < 10 || !(age < freshDays * 24)) return [];
    const max = Math.max(24, Math.ceil((age * 2) / 24) * 24);
    const reason = `the newest ${column.name} is ${Math.round(age)} hours old`;
    return [
      {
        kind: 'freshness',
        params: { column: column.name, max, warnMax: null },
        reason,
        support: 1,
        trust: 0.5,
      },
    ];
  });
  return [enough, ...fresh.slice(0, 1)];
};

export default volume;
