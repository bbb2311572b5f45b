import type { LabelPrediction } from '../../../shared/contract/search.ts';
import { count, counted, percent } from '../../../shared/number-words.ts';
import list from '../../ui/list.module.css';
import styles from './label-rest.module.css';

/** What each label would be given to, how well its examples tell it, and the rows that are least sure. */
export function LabelledParts({ told }: { readonly told: LabelPrediction }) {
  const { labels, leastSure } = told;
  return (
    <>
      <p className={styles['says']} role="status">
        <Accuracy told={told} /> {counted(told.predicted, 'row')} would get a label
        {told.unsure > 0 && `, ${count(told.unsure)} would stay without`}.
      </p>
      <div className={styles['table']}>
        <table className={list['table']} aria-label="Labels">
          <thead>
            <tr>
              <th scope="col">label</th>
              <th scope="col" className={list['right']}>
                examples
              </th>
              <th scope="col" className={list['right']}>
                told by the others
              </th>
              <th scope="col" className={list['right']}>
                would get it
              </th>
            </tr>
          </thead>
          <tbody>
            {labels.map(({ label, examples, right, predicted }) => (
              <tr key={label}>
                <td className={styles['label']}>{label}</td>
                <td className={list['right']}>{count(examples)}</td>
                <td className={list['right']}>{right === null ? 'only one' : percent(right / examples)}</td>
                <td className={list['right']}>{count(predicted)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {leastSure.length > 0 && <LeastSure told={told} />}
    </>
  );
}

function Accuracy({ told: { accuracy, usual, measured } }: { readonly told: LabelPrediction }) {
  if (accuracy === null)
    return <>Nothing can be measured: no label has two examples that the margin decides.</>;
  return (
    <>
      <strong>{percent(accuracy)}</strong> of {counted(measured, 'example')} get their own label from the
      others (the most frequent label alone would be right for {percent(usual)}).
    </>
  );
}

const LeastSure = ({ told: { leastSure } }: { readonly told: LabelPrediction }) => (
  <>
    <h3 className={styles['head']}>Least sure</h3>
    <ul className={styles['rows']}>
      {leastSure.map(({ row, content, label, second, margin }) => (
        <li key={row}>
          <span className={styles['content']} title={content}>
            {content}
          </span>
          <span className={styles['between']}>
            {label} rather than {second}, by {margin.toFixed(3)}
          </span>
        </li>
      ))}
    </ul>
  </>
);
