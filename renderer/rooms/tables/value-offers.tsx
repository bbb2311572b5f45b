import { useDeferredValue } from 'react';
import { count } from '../../../shared/number-words.ts';
import { useEngine } from '../../use-engine.ts';
import type { Answers } from './answers.ts';
import styles from './value-offers.module.css';

/** Longer values come cut, and what is cut is not the value. */
const wholeLength = 500;

/**
 * Null, what is chosen and no line can hold, and values that the column has, the most frequent first, narrowed by the line that is
 * written; a click takes one or leaves it.
 */
export function ValueOffers(props: {
  readonly table: string;
  readonly column: string;
  readonly answers: Answers;
  /** Takes or leaves a value; `rest` stays of the lines that are written. */
  readonly onTurn: (value: string | null, rest: string) => void;
}) {
  const { table, column, answers, onTurn } = props;
  const written = answers.one.split('\n');
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
  const whole = offers.filter(({ value }) => [...value].length <= wholeLength);
  const others = answers.others.filter((value) => whole.every((offer) => offer.value !== value));
  const turn = (value: string | null) => {
    const known = all.some((offer) => offer.value === written.at(-1));
    onTurn(value, (known ? written : written.slice(0, -1)).join('\n'));
  };
  const offer = (value: string | null, n: number | undefined) => (
    <Offer
      key={JSON.stringify(value)}
      {...{ value, n }}
      chosen={answers.others.includes(value) || (value !== null && value !== '' && written.includes(value))}
      onTurn={() => turn(value)}
    />
  );
  return (
    <ul className={styles['list']} aria-label={`Values of ${column}`}>
      {[null, ...others.filter((value) => value !== null)].map((value) => offer(value, undefined))}
      {whole.map(({ value, count: n }) => offer(value, n))}
    </ul>
  );
}

function Offer(props: {
  readonly value: string | null;
  readonly n: number | undefined;
  readonly chosen: boolean;
  readonly onTurn: () => void;
}) {
  const { value, n, chosen, onTurn } = props;
  return (
    <li>
      <button type="button" aria-pressed={chosen} onClick={onTurn}>
        <span className={styles['words']} data-null={value === null || undefined}>
          {value === null ? 'null' : value === '' ? '""' : value}
        </span>
        {n !== undefined && <span className={styles['count']}>{count(n)}</span>}
      </button>
    </li>
  );
}
