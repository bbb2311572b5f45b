import { useDeferredValue } from 'react';
import { count } from '../../../shared/number-words.ts';
import { useEngine } from '../../use-engine.ts';
import styles from './value-offers.module.css';

/** Values that the column has, the most frequent first, narrowed by the line that is written; a click takes one or leaves it. */
export function ValueOffers(props: {
  readonly table: string;
  readonly column: string;
  /** The values chosen, one a line. */
  readonly lines: string;
  readonly onLines: (lines: string) => void;
}) {
  const { table, column, lines, onLines } = props;
  const written = lines.split('\n');
  const last = useDeferredValue(written.at(-1) ?? '');
  const { data } = useEngine(
    'tables',
    'values',
    { table, column, search: last.trim() },
    { keepPrevious: true },
  );
  const { data: all } = useEngine('tables', 'values', { table, column });
  if (!data || !all) return null;
  // A line that is a value already is not being searched for.
  const offers = all.some(({ value }) => value === last) || data.length === 0 ? all : data;
  const turn = (value: string) => {
    if (written.includes(value)) return onLines(written.filter((line) => line !== value).join('\n'));
    const known = all.some((offer) => offer.value === written.at(-1));
    const kept = known ? written : written.slice(0, -1);
    onLines([...kept, value].join('\n'));
  };
  return (
    <ul className={styles['list']} aria-label={`Values of ${column}`}>
      {offers.map(({ value, count: n }) => (
        <li key={value}>
          <button type="button" aria-pressed={written.includes(value)} onClick={() => turn(value)}>
            <span className={styles['words']}>{value === '' ? '""' : value}</span>
            <span className={styles['count']}>{count(n)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
