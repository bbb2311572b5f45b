import type { ValueColumn } from '../../detect/columnar.ts';
import { percent } from '../../detect/values-of.ts';
import type { KeyColumn, Proposer } from '../proposal.ts';

const least = 0.97;
const leastValues = 10;

/** Small whole numbers are contained in every key: names have to speak for it, or most of the key has to be used. */
const references: Proposer = (known) =>
  known.table.columns.flatMap((column) => {
    const fitting = known.keys
      .filter((key) => key.table !== known.name && isFitting(column, key))
      .map((key) => ({ key, share: contained(column, key) }))
      .filter(({ share }) => share >= least)
      .toSorted(
        (a, b) => Number(isNamed(column, b.key)) - Number(isNamed(column, a.key)) || b.share - a.share,
      );
    const [best] = fitting;
    if (!best) return [];
    const { table, column: there } = best.key;
    return [
      {
        kind: 'foreign_key',
        params: { columns: [column.name], table, references: [there] },
        reason: `${percent(best.share)} of the rows have a value in ${column.name} that is found in ${table} (${there})`,
        support: best.share,
        trust: isNamed(column, best.key) ? 0.97 : 0.8,
      },
    ];
  });

const isWhole = (type: string) => /^(smallint|integer|bigint)$/.test(type);

function isFitting(column: ValueColumn, key: KeyColumn): boolean {
  const sameSort = column.type === key.type || (isWhole(column.type) && isWhole(key.type));
  if (!sameSort || column.values.length < leastValues) return false;
  if (isNamed(column, key)) return true;
  const share = column.values.length / key.values.size;
  return isWhole(column.type) ? false : share >= 0.2;
}

const simple = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** `customer_id` beside `customers.customer_id` or `customers.id`. */
function isNamed({ name }: ValueColumn, { table, column }: KeyColumn): boolean {
  const own = simple(name);
  const stems = [simple(table), simple(table).replace(/s$/, '')];
  return own === simple(column) ? own !== 'id' : stems.some((stem) => own === stem + simple(column));
}

function contained({ values, counts }: ValueColumn, key: KeyColumn): number {
  let [inside, all] = [0, 0];
  values.forEach((value, place) => {
    const count = counts[place] ?? 0;
    all += count;
    if (key.values.has(value)) inside += count;
  });
  return all === 0 ? 0 : inside / all;
}

export default references;
