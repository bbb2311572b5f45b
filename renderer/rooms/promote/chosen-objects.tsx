import { Boxes, Table2 } from 'lucide-react';
import { Checkbox } from '../../ui/checkbox.tsx';
import { count } from '../../ui/format.ts';
import { useEngine } from '../../use-engine.ts';
import { useTabState } from '../../workspace/tab-state.ts';
import styles from './promote.module.css';

const nothing: readonly string[] = [];

/** Which tables and collections go to a target: all but those left out. */
export function useChosen(target: string) {
  const [leftOut, setLeftOut] = useTabState<readonly string[]>(`left out of ${target}`, nothing);
  const tables = useEngine('tables', 'list', {}).data ?? [];
  const collections = useEngine('search', 'list', {}).data ?? [];
  const objects = [
    ...tables.map(({ name, rows }) => ({ key: `table ${name}`, kind: 'table' as const, name, rows })),
    ...collections.map(({ name, documents }) => ({
      key: `collection ${name}`,
      kind: 'collection' as const,
      name,
      rows: documents,
    })),
  ];
  const going = objects.filter(({ key }) => !leftOut.includes(key));
  const named = (kind: 'table' | 'collection') =>
    going.filter((object) => object.kind === kind).map(({ name }) => name);
  return {
    objects,
    going,
    none: going.length === 0,
    toggle: (key: string) =>
      setLeftOut(leftOut.includes(key) ? leftOut.filter((other) => other !== key) : [...leftOut, key]),
    call: going.length === objects.length ? {} : { tables: named('table'), collections: named('collection') },
  };
}

/** The tables and collections as boxes to tick. */
export function ChosenObjects(props: {
  readonly chosen: ReturnType<typeof useChosen>;
  readonly disabled: boolean;
}) {
  const { objects, going, toggle } = props.chosen;
  return (
    <section className={styles['chosen']} aria-label="What is promoted">
      <h2>
        What goes <small>{`${going.length} of ${objects.length}`}</small>
      </h2>
      <div className={styles['objects']}>
        {objects.map(({ key, kind, name, rows }) => (
          <div key={key} className={styles['object']}>
            <Checkbox
              label={name}
              checked={going.some((object) => object.key === key)}
              disabled={props.disabled}
              onChange={() => toggle(key)}
            />
            {kind === 'table' ? <Table2 aria-label="table" /> : <Boxes aria-label="collection" />}
            <span>{count(rows)}</span>
          </div>
        ))}
      </div>
    </section>
  );
}
