import type { Estimate } from '../../../shared/contract/promote.ts';
import { bytes, counted, roughly } from '../../../shared/number-words.ts';
import styles from './estimate-line.module.css';

const bases = {
  'last promotion': 'at the rate of the last promotion there',
  measured: 'at a rate measured just now with made-up rows',
} as const;

/** How much is sent and how long it takes; folded beneath it, what more rows would want. */
export function EstimateLine({ estimate }: { readonly estimate: Estimate }) {
  return (
    <details className={styles['estimate']}>
      <summary>
        <b>
          {counted(estimate.rows, 'row')}, {bytes(estimate.bytes)}, {roughly(estimate.ms)}
        </b>{' '}
        <span>{bases[estimate.basis]}</span>
      </summary>
      {estimate.advice.map(({ says, sql }) => (
        <p key={sql}>{says}</p>
      ))}
      <ul>
        {estimate.growth.map(({ factor, rows, bytes: size, ms, advice }) => (
          <li key={factor}>
            <b>{factor} times the rows</b>: {counted(rows, 'row')}, {bytes(size)}, {roughly(ms)}
            {advice.map(({ says, sql }) => (
              <div key={sql}>
                {says}
                <pre>{sql}</pre>
              </div>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}
