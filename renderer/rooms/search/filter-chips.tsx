import { X } from 'lucide-react';
import { count } from '../../../shared/number-words.ts';
import { Combobox } from '../../ui/combobox.tsx';
import { useEngine } from '../../use-engine.ts';
import styles from './collection-view.module.css';
import { type FilterValue, type Question, valueWords } from './question.ts';

type Filter = Question['filter'];

/** A value that a filter can be equal to. */
const isScalar = (value: unknown): value is FilterValue => typeof value !== 'object' || value === null;

/** What must hold of a document's metadata, as chips; one more is chosen from the values there are. */
export function FilterChips(props: {
  readonly collection: string;
  readonly filter: Filter;
  readonly where: string | null;
  readonly onChange: (next: { readonly filter: Filter; readonly where: string | null }) => void;
}) {
  const { collection, filter, where } = props;
  const onChange = (next: Filter) => props.onChange({ filter: next, where });
  const offered = useOfferedValues(collection, filter);
  const { options } = offered;
  const add = (chosen: string) => {
    const found = offered.byId.get(chosen);
    if (found) onChange({ ...filter, [found.key]: found.value });
  };
  const remove = (key: string) =>
    onChange(Object.fromEntries(Object.entries(filter).filter(([other]) => other !== key)));
  const chips = Object.entries(filter);
  if (chips.length === 0 && where === null && options.length === 0) return null;
  return (
    <div className={styles['chips']}>
      {chips.map(([key, value]) => (
        <button
          key={key}
          type="button"
          className={styles['chip']}
          aria-label={`Remove the filter ${key} is ${valueWords(value)}`}
          onClick={() => remove(key)}
        >
          <span className={styles['key']}>{key}</span>
          <span className={styles['value']}>{valueWords(value)}</span>
          <X aria-hidden />
        </button>
      ))}
      {where !== null && (
        <button
          type="button"
          className={styles['chip']}
          aria-label={`Remove the condition ${where}`}
          title={where}
          onClick={() => props.onChange({ filter, where: null })}
        >
          <span className={styles['key']}>where</span>
          <span className={styles['value']}>{where}</span>
          <X aria-hidden />
        </button>
      )}
      {options.length > 0 && (
        <div className={styles['add']}>
          <Combobox
            label="Add filter"
            hideLabel
            value={null}
            placeholder="Filter…"
            options={options}
            none="No value is called that."
            onChange={add}
          />
        </div>
      )}
    </div>
  );
}

/** Values of the keys that are not filtered by yet. */
function useOfferedValues(collection: string, filter: Filter) {
  const { data } = useEngine('search', 'metadataValues', { collection }, { also: ['tables'] });
  const byId = new Map<string, { readonly key: string; readonly value: FilterValue; readonly n: number }>();
  for (const { key, values } of data ?? []) {
    if (Object.hasOwn(filter, key) || !values.some((entry) => entry.count > 1)) continue;
    for (const entry of values) {
      if (isScalar(entry.value)) {
        byId.set(JSON.stringify([key, entry.value]), { key, value: entry.value, n: entry.count });
      }
    }
  }
  const options = [...byId].map(([id, { key, value, n }]) => ({
    value: id,
    label: `${key}: ${valueWords(value)}`,
    aside: count(n),
  }));
  return { byId, options };
}
