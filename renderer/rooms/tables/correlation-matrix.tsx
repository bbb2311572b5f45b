import type { CSSProperties } from 'react';
import type { Column } from '../../../shared/column.ts';
import type { Correlation } from '../../../shared/contract/relations.ts';
import { count } from '../../../shared/number-words.ts';
import { openNewChart } from '../../charts/open-chart.ts';
import { toastProblem } from '../../ui/toast.tsx';
import { coefficient } from './relation-words.ts';
import styles from './relations-page.module.css';

/** Every pair of columns with how closely they go together; a pair opens as a chart. */
export function CorrelationMatrix(props: {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly correlations: readonly Correlation[];
  readonly kind: 'pearson' | 'rank';
}) {
  const { table, columns, correlations, kind } = props;
  const pairs = new Map(correlations.map((one) => [pairKey(one.a, one.b), one]));
  const named = new Set(correlations.flatMap(({ a, b }) => [a, b]));
  const shown = columns.filter(({ name }) => named.has(name));
  const open = (one: Column, other: Column) =>
    openNewChart({ table }, [one, other]).catch((thrown: unknown) =>
      toastProblem(thrown, 'The chart was not made'),
    );
  return (
    <table className={styles['matrix']} aria-label="Correlation of columns">
      <thead>
        <tr>
          <td />
          {shown.slice(0, -1).map(({ name }) => (
            <th key={name} scope="col" title={name}>
              <span>{name}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.slice(1).map((row, at) => (
          <tr key={row.name}>
            <th scope="row" title={row.name}>
              {row.name}
            </th>
            {shown.slice(0, at + 1).map((column) => (
              <td key={column.name}>
                <Pair
                  pair={pairs.get(pairKey(row.name, column.name))}
                  kind={kind}
                  onOpen={() => void open(column, row)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const pairKey = (a: string, b: string) => JSON.stringify([a, b].sort());

function Pair(props: {
  readonly pair: Correlation | undefined;
  readonly kind: 'pearson' | 'rank';
  readonly onOpen: () => void;
}) {
  const { pair, kind, onOpen } = props;
  if (!pair) return null;
  const value = pair[kind];
  const says = `${pair.a} and ${pair.b}: ${coefficient(value)}, of ${count(pair.rows)} rows that have both`;
  return (
    <button
      type="button"
      className={styles['pair']}
      data-falls={(value ?? 0) < 0 || undefined}
      style={{ '--strength': `${Math.round(Math.abs(value ?? 0) * 40)}%` } as CSSProperties}
      title={`${says}. Click to chart them.`}
      aria-label={says}
      onClick={onOpen}
    >
      {coefficient(value)}
    </button>
  );
}
