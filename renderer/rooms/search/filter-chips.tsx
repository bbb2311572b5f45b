import type { Collection, FilterValue } from '../../../shared/contract/search.ts';
import { Combobox } from '../../ui/combobox.tsx';
import { useEngine } from '../../use-engine.ts';
import { Chip } from './chip.tsx';
import styles from './collection-view.module.css';
import { type Offered, offeredFilters, offerId, offerOption } from './offered-filters.ts';
import { filterWords, type Question } from './question.ts';
import { askRange } from './range-dialog.tsx';

type Filter = Question['filter'];

/** What must hold of a document's metadata, as chips; one more is chosen from the values there are, or is a range of them. */
export function FilterChips(props: {
  readonly collection: Collection;
  readonly filter: Filter;
  readonly where: string | null;
  readonly onChange: (next: { readonly filter: Filter; readonly where: string | null }) => void;
}) {
  const { collection, filter, where } = props;
  const onChange = (next: Filter) => props.onChange({ filter: next, where });
  const offered = useOffered(collection, filter);
  const remove = (key: string) =>
    onChange(Object.fromEntries(Object.entries(filter).filter(([other]) => other !== key)));
  const chips = Object.entries(filter);
  if (chips.length === 0 && where === null && offered.length === 0) return null;
  return (
    <div className={styles['chips']}>
      {chips.map(([key, value]) => (
        <Chip
          key={key}
          word={key}
          value={filterWords(value)}
          label={`Remove the filter ${key} is ${filterWords(value)}`}
          onRemove={() => remove(key)}
        />
      ))}
      {where !== null && (
        <Chip
          word="where"
          value={where}
          label={`Remove the condition ${where}`}
          title={where}
          onRemove={() => props.onChange({ filter, where: null })}
        />
      )}
      {offered.length > 0 && (
        <AddFilter offered={offered} onAdd={(key, value) => onChange({ ...filter, [key]: value })} />
      )}
    </div>
  );
}

function AddFilter(props: {
  readonly offered: readonly Offered[];
  readonly onAdd: (key: string, value: FilterValue) => void;
}) {
  const { offered, onAdd } = props;
  const add = async (chosen: string) => {
    const found = offered.find((one) => offerId(one) === chosen);
    if (!found) return;
    if (!('range' in found)) return onAdd(found.key, found.value);
    const range = await askRange(found.key, found.range);
    if (range) onAdd(found.key, range);
  };
  return (
    <div className={styles['add']}>
      <Combobox
        label="Add filter"
        hideLabel
        value={null}
        placeholder="Filter…"
        options={offered.map(offerOption)}
        none="No value is called that."
        onChange={(chosen) => void add(chosen)}
      />
    </div>
  );
}

function useOffered({ name, table }: Collection, filter: Filter) {
  const { data: metadata } = useEngine(
    'search',
    'metadataValues',
    { collection: name },
    { also: ['tables'] },
  );
  const { data: tables } = useEngine('tables', 'list', {});
  const columns = tables?.find((one) => one.name === table)?.columns ?? [];
  return offeredFilters(metadata ?? [], columns, filter);
}
