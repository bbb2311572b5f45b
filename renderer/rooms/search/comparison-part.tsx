import { useState } from 'react';
import type { Collection, Comparison } from '../../../shared/contract/search.ts';
import { counted, duration } from '../../../shared/number-words.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { cx } from '../../ui/cx.ts';
import list from '../../ui/list.module.css';
import { Select } from '../../ui/select.tsx';
import { useEngine } from '../../use-engine.ts';
import { type Mode, modes } from './question.ts';
import styles from './trust-dialog.module.css';

/** Another collection of the same table, with another model or template, held against the same judgements. */
export function ComparisonPart(props: {
  readonly collection: Collection;
  readonly comparison: Comparison | undefined;
  readonly running: boolean;
  readonly onCompare: (against: string) => void;
}) {
  const { collection, comparison, running, onCompare } = props;
  const { data = [] } = useEngine('search', 'list', {});
  const others = data.filter(({ name, table }) => table === collection.table && name !== collection.name);
  const [chosen, setChosen] = useState<string | null>(null);
  const against = chosen ?? others[0]?.name;
  if (against === undefined) return null;
  const options = others.map(({ name, model, template, textColumns }) => ({
    value: name,
    label: `${name} · ${model} · ${template ?? textColumns.join(', ')}`,
  }));
  return (
    <div>
      <div className={styles['against']}>
        <Select
          label="Another collection of the table"
          value={against}
          onChange={setChosen}
          options={options}
        />
        <Button disabled={running} onClick={() => onCompare(against)}>
          Compare side by side
        </Button>
      </div>
      {comparison && <SideBySide comparison={comparison} />}
    </div>
  );
}

const heads = (one: string, other: string) => [one, other, 'difference', 'better', 'worse', 'equal'];

function SideBySide({ comparison }: { readonly comparison: Comparison }) {
  const { collections, questions, nearest, modes: found } = comparison;
  const [one, other] = collections.map(({ collection }) => collection) as [string, string];
  const [mode, setMode] = useState<Mode>('hybrid');
  const shown = found.find((each) => each.mode === mode);
  return (
    <>
      <table className={list['table']}>
        <thead>
          <Heads of={`nDCG@${nearest}`} numbers={heads(one, other)} />
        </thead>
        <tbody>
          {found.map((each) => (
            <tr key={each.mode}>
              <td>{modes.find(({ value }) => value === each.mode)?.label}</td>
              <Numbers pair={each.ndcg} />
              <td className={list['right']}>{each.better}</td>
              <td className={list['right']}>{each.worse}</td>
              <td className={list['right']}>{each.equal}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        Over {counted(questions, 'question')} that were judged in either.{' '}
        {found.map(({ mode: of, recall: [before, after], p50 }) => (
          <span key={of}>
            {modes.find(({ value }) => value === of)?.label}: recall@{nearest} {before.toFixed(3)} and{' '}
            {after.toFixed(3)}, in {duration(p50[0])} and {duration(p50[1])}.{' '}
          </span>
        ))}
      </p>
      <div className={styles['by']}>
        <Choice label="Questions by" value={mode} options={modes} onChange={setMode} />
      </div>
      {shown && <Questions answers={shown.answers} one={one} other={other} />}
    </>
  );
}

/** The heads of a table whose columns after the first hold numbers. */
const Heads = ({ of, numbers }: { readonly of: string; readonly numbers: readonly string[] }) => (
  <tr>
    <th scope="col">{of}</th>
    {numbers.map((head) => (
      <th key={head} scope="col" className={list['right']}>
        {head}
      </th>
    ))}
  </tr>
);

function Questions(props: {
  readonly answers: Comparison['modes'][number]['answers'];
  readonly one: string;
  readonly other: string;
}) {
  const { answers, one, other } = props;
  const unlike = answers.toSorted((a, b) => gap(b.ndcg) - gap(a.ndcg));
  return (
    <table className={list['table']}>
      <thead>
        <Heads of="question" numbers={[one, other, 'difference']} />
      </thead>
      <tbody>
        {unlike.map(({ text, ndcg }) => (
          <tr key={text}>
            <td className={list['aside']} title={text}>
              {text}
            </td>
            <Numbers pair={ndcg} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const gap = ([before, after]: readonly [number, number]) => Math.abs(after - before);

/** Both, and by how much the second is better. */
function Numbers({ pair: [before, after] }: { readonly pair: readonly [number, number] }) {
  const difference = after - before;
  const words = difference === 0 ? '0' : `${difference > 0 ? '+' : '−'}${Math.abs(difference).toFixed(3)}`;
  return (
    <>
      <td className={list['right']}>{before.toFixed(3)}</td>
      <td className={list['right']}>{after.toFixed(3)}</td>
      <td className={cx(list['right'], difference < 0 && list['warn'])}>{words}</td>
    </>
  );
}
