import type { StepFailure } from '../../../../shared/contract/pipelines.ts';
import list from '../../../ui/list.module.css';
import styles from './pages.module.css';

/** Where a run failed: the rows that are to blame, and the SQL of the step. */
export function RunFailure({ failure }: { readonly failure: StepFailure }) {
  const { step, sql, input, rows } = failure;
  const [first] = rows;
  return (
    <div className={styles['failure']}>
      {first && (
        <section>
          <h3 className={styles['title']}>
            Rows of {input} on which {step} fails
          </h3>
          <div className={styles['across']}>
            <table className={list['table']}>
              <thead>
                <tr>
                  {Object.keys(first).map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows have nothing else to be told apart by
                  <tr key={at}>
                    {Object.entries(row).map(([name, cell]) => (
                      <td
                        key={name}
                        className={cell === null ? styles['none'] : undefined}
                        title={cell ?? undefined}
                      >
                        {cell ?? 'null'}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      {input !== null && !first && (
        <p className={styles['aside']}>No row of {input} fails alone: several together do.</p>
      )}
      <details>
        <summary className={styles['title']}>SQL of {step}</summary>
        <pre className={styles['sql']}>{sql}</pre>
      </details>
    </div>
  );
}
