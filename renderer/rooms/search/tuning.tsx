import type { Collection } from '../../../shared/contract/search.ts';
import { Histogram } from '../../charts/histogram.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { type Option, Select } from '../../ui/select.tsx';
import { useEngine } from '../../use-engine.ts';
import styles from './collection-view.module.css';
import { asksSomething, comparedOf, type Question } from './question.ts';

interface TuningProps {
  readonly collection: Collection;
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
}

/** Weights, diversity, grouping and threshold, with the similarities that a threshold cuts. */
export function Tuning(props: TuningProps) {
  const { collection, question, onAsk } = props;
  const { mode, diversity, group, least } = question;
  const groups = [
    { value: 'each', label: 'each document' },
    { value: '=_row', label: 'each row' },
    ...collection.metadataColumns.map((name) => ({ value: `=${name}`, label: `each ${name}` })),
  ];
  return (
    <div className={styles['tuning']}>
      {mode === 'hybrid' && <WeightFields question={question} onAsk={onAsk} />}
      <NumberField
        label="Diversity, 0–1"
        min={0}
        max={1}
        step={0.1}
        value={diversity}
        onChange={(next) => onAsk({ ...question, diversity: next ?? 0 })}
      />
      <Select
        label="One result for"
        value={group === null ? 'each' : `=${group}`}
        options={groups}
        onChange={(next) => onAsk({ ...question, group: next === 'each' ? null : next.slice(1) })}
      />
      <NumberField
        label="Least score"
        step={mode === 'hybrid' && question.fusion === 'ranks' ? 0.001 : 0.05}
        value={least}
        placeholder="any"
        onChange={(next) => onAsk({ ...question, least: next })}
      />
      {mode === 'vector' && asksSomething(question) && (
        <Similarities collection={collection} question={question} />
      )}
    </div>
  );
}

const fusions: readonly Option<Question['fusion']>[] = [
  { value: 'ranks', label: 'places in both' },
  { value: 'scores', label: 'scores of both' },
];

function WeightFields({ question, onAsk }: Omit<TuningProps, 'collection'>) {
  const { weights, fusion } = question;
  const field = (part: 'meaning' | 'words', label: string) => (
    <NumberField
      label={label}
      min={0}
      max={100}
      step={0.5}
      value={weights[part]}
      onChange={(next) => onAsk({ ...question, weights: { ...weights, [part]: next ?? 1 } })}
    />
  );
  return (
    <>
      {field('meaning', 'Weight of meaning')}
      {field('words', 'Weight of words')}
      <Select
        label="Fused by"
        value={fusion}
        options={fusions}
        onChange={(next) => onAsk({ ...question, fusion: next, least: null })}
      />
    </>
  );
}

function Similarities({ collection, question }: Omit<TuningProps, 'onAsk'>) {
  const asked = comparedOf(collection.name, question);
  const { data } = useEngine('search', 'distribution', asked, { keepPrevious: true, keepFor: 30_000 });
  if (!data) return null;
  return (
    <Histogram label="similarity" counts={data.counts} from={data.from.toFixed(2)} to={data.to.toFixed(2)} />
  );
}
