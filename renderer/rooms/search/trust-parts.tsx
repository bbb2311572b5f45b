import type { Advice, Collection, Evaluation, Recall } from '../../../shared/contract/search.ts';
import { bytes, count, counted, duration } from '../../../shared/number-words.ts';
import { engine } from '../../engine.ts';
import { runTask } from '../../tasks.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import list from '../../ui/list.module.css';
import { toastProblem } from '../../ui/toast.tsx';
import { kindNames, modes } from './question.ts';
import styles from './trust-dialog.module.css';
import type { Measured } from './use-measuring.ts';

/** What searches find of the true nearest. */
export function RecallPart({ measured: { overall, filtered } }: { readonly measured: Measured }) {
  if (!overall)
    return <p>Recall is the share of the true nearest that a search finds. Nothing is measured yet.</p>;
  const line = (where: string, { kind, recall, nearest, sample, p50, p95, exactP50 }: Recall) => (
    <li>
      {where}: recall@{nearest} <strong>{recall.toFixed(3)}</strong> by {kindNames[kind]},{' '}
      {counted(sample, 'question')}; {duration(p50)} (95 of 100 within {duration(p95)}), comparing all{' '}
      {duration(exactP50)}
    </li>
  );
  return (
    <ul>
      {line('Overall', overall)}
      {filtered && line('Under the filters', filtered)}
    </ul>
  );
}

/** What each index costs and finds; another one is made from here. */
export function AdvicePart({
  advice,
  collection,
}: {
  readonly advice: Advice;
  readonly collection: Collection;
}) {
  const { kinds, advised, why, measured, documents } = advice;
  const make = (kind: Advice['advised']) =>
    runTask(`Making the index of ${collection.name}`, (options) =>
      engine.search.setIndex({ collection: collection.name, kind }, options),
    ).catch((thrown) => toastProblem(thrown, 'Not made'));
  return (
    <div>
      <table className={cx(list['table'], list['opens'])}>
        <thead>
          <tr>
            {['index', 'recall', 'middle', '95 of 100', 'made in', 'size', ''].map((head, at) => (
              <th key={head} scope="col" className={at > 0 ? list['right'] : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map((one) => (
            <KindLine
              key={one.kind}
              measured={one}
              advised={one.kind === advised}
              used={one.kind === collection.index.kind}
              onUse={() => void make(one.kind)}
            />
          ))}
        </tbody>
      </table>
      <p>
        Advised: <strong>{kindNames[advised]}</strong>. {why} Measured on {count(measured)} of{' '}
        {counted(documents, 'document')}.
      </p>
    </div>
  );
}

function KindLine(props: {
  readonly measured: Advice['kinds'][number];
  readonly advised: boolean;
  readonly used: boolean;
  readonly onUse: () => void;
}) {
  const { measured, advised, used, onUse } = props;
  const { kind, recall, p50, p95, buildMs, bytes: size } = measured;
  return (
    <tr>
      <td className={cx(advised && styles['advised'])}>{kindNames[kind]}</td>
      <td className={list['right']}>{recall.toFixed(3)}</td>
      <td className={list['right']}>{duration(p50)}</td>
      <td className={list['right']}>{duration(p95)}</td>
      <td className={list['right']}>{buildMs === 0 ? '–' : duration(buildMs)}</td>
      <td className={list['right']}>{size === 0 ? '–' : bytes(size)}</td>
      <td className={list['right']}>
        {used ? (
          'in use'
        ) : (
          <Button small onClick={onUse}>
            Use
          </Button>
        )}
      </td>
    </tr>
  );
}

/** How good each mode is by what was judged. */
export const EvaluationPart = ({
  evaluation: { questions, nearest, modes: found },
}: {
  readonly evaluation: Evaluation;
}) => (
  <div>
    <table className={list['table']}>
      <thead>
        <tr>
          <th scope="col">mode</th>
          <th scope="col" className={list['right']}>
            nDCG@{nearest}
          </th>
          <th scope="col" className={list['right']}>
            recall@{nearest}
          </th>
        </tr>
      </thead>
      <tbody>
        {found.map(({ mode, ndcg, recall }) => (
          <tr key={mode}>
            <td>{modes.find(({ value }) => value === mode)?.label}</td>
            <td className={list['right']}>{ndcg.toFixed(3)}</td>
            <td className={list['right']}>{recall.toFixed(3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
    <p>By what was marked as relevant, over {counted(questions, 'question')}.</p>
  </div>
);
