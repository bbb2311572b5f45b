import { Boxes, Settings2, Table2 } from 'lucide-react';
import { useState } from 'react';
import type { Target, TargetTable } from '../../../shared/contract/workspace.ts';
import { Badge } from '../../ui/badge.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { count } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTabState } from '../../workspace/tab-state.ts';
import styles from './promote.module.css';
import { TableDialog } from './table-dialog.tsx';

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

/** What is not as usual about a table, in a word or two. */
function modeWords({ mode = 'replace', made, private: decided = {} }: TargetTable): string {
  const hidden = Object.values(decided).filter((way) => way !== 'keep').length;
  const modes = { replace: '', append: 'append', merge: 'merge', scd2: 'history' };
  return [modes[mode], made === 'there' ? 'made there' : '', hidden > 0 ? `${hidden} hidden` : '']
    .filter(Boolean)
    .join(', ');
}

/** The tables and collections as boxes to tick. */
export function ChosenObjects(props: {
  readonly target: Target;
  readonly chosen: ReturnType<typeof useChosen>;
  readonly disabled: boolean;
}) {
  const { target, disabled } = props;
  const { objects, going, toggle } = props.chosen;
  const [edited, setEdited] = useState<string | null>(null);
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
              disabled={disabled}
              onChange={() => toggle(key)}
            />
            <div>
              {kind === 'table' && modeWords(target.tables?.[name] ?? {}) !== '' && (
                <Badge>{modeWords(target.tables?.[name] ?? {})}</Badge>
              )}
            </div>
            {kind === 'table' ? <Table2 aria-label="table" /> : <Boxes aria-label="collection" />}
            <data value={rows}>{count(rows)}</data>
            {kind === 'table' && (
              <IconButton
                label={`How ${name} goes…`}
                icon={Settings2}
                disabled={disabled}
                onClick={() => setEdited(name)}
              />
            )}
          </div>
        ))}
      </div>
      {edited !== null && (
        <TableDialog key={edited} target={target} table={edited} onClose={() => setEdited(null)} />
      )}
    </section>
  );
}
