import { Boxes, ChevronDown, ChevronRight, Eye, FileCode2, ScanEye, Settings2, Table2 } from 'lucide-react';
import { useState } from 'react';
import { named } from '../../../shared/by-name.ts';
import type { Target, TargetTable } from '../../../shared/contract/workspace.ts';
import { count } from '../../../shared/number-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTabState } from '../../workspace/tab-state.ts';
import styles from './chosen-objects.module.css';
import { TableDialog } from './table-dialog.tsx';

const nothing: readonly string[] = [];

/** Which objects go to a target: all but those left out, and the queries that were added. */
export function useChosen(target: string, queriesOf: readonly string[] = nothing) {
  const [leftOut, setLeftOut] = useTabState<readonly string[]>(`left out of ${target}`, nothing);
  const [added, setAdded] = useTabState<readonly string[]>(`queries to ${target}`, queriesOf);
  const objects = useObjects();
  const isGoing = ({ key, kind, name }: PromotableObject) =>
    kind === 'query' ? added.includes(name) : !leftOut.includes(key);
  const going = objects.filter(isGoing);
  const named = (...kinds: readonly PromotableObject['kind'][]) =>
    going.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  const usual = objects.every((object) =>
    object.kind === 'query' ? isGoing(object) === queriesOf.includes(object.name) : isGoing(object),
  );
  return {
    objects,
    going,
    none: going.length === 0,
    toggle: ({ key, kind, name }: PromotableObject) =>
      kind === 'query' ? setAdded(toggled(added, name)) : setLeftOut(toggled(leftOut, key)),
    call: usual
      ? {}
      : {
          tables: named('table'),
          collections: named('collection'),
          views: named('view', 'materialized view'),
          queries: named('query'),
        },
  };
}

const toggled = (list: readonly string[], one: string) =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one];

interface PromotableObject {
  readonly key: string;
  readonly kind: 'table' | 'collection' | 'view' | 'materialized view' | 'query';
  readonly name: string;
  /** Undefined where none are stored. */
  readonly rows: number | undefined;
}

function useObjects(): readonly PromotableObject[] {
  const tables = useEngine('tables', 'list', {}).data ?? [];
  const collections = useEngine('search', 'list', {}).data ?? [];
  const views = useEngine('promote', 'views', {}, { also: ['tables', 'query'] }).data ?? [];
  const queries = useEngine('query', 'list', {}).data ?? [];
  const keyed = (kind: PromotableObject['kind'], name: string, rows?: number) => ({
    ...{ key: `${kind} ${name}`, kind, name, rows },
  });
  return [
    ...tables.map(({ name, rows }) => keyed('table', name, rows)),
    ...collections.map(({ name, documents }) => keyed('collection', name, documents)),
    ...views.map(({ name, kind }) => keyed(kind, name)),
    ...queries.map(({ name }) => keyed('query', name)),
  ];
}

const icons = { table: Table2, collection: Boxes, view: Eye, 'materialized view': ScanEye, query: FileCode2 };

/** What is not as usual about a table, in a word or two. */
function modeWords({ mode = 'replace', made, partition, private: decided = {} }: TargetTable): string {
  const hidden = Object.values(decided).filter((way) => way !== 'keep').length;
  const modes = { replace: '', append: 'append', merge: 'merge', scd2: 'history' };
  const madeAs = {
    here: '',
    there: 'made there',
    view: 'a view there',
    'materialized view': 'a materialized view there',
  };
  const divided = partition ? `by ${partition.every}` : '';
  return [modes[mode], madeAs[made ?? 'here'], divided, hidden > 0 ? `${hidden} hidden` : '']
    .filter(Boolean)
    .join(', ');
}

/** Everything that can go as boxes to tick; one line once something else is to be seen, unless it is unfolded. */
export function ChosenObjects(props: {
  readonly target: Target;
  readonly chosen: ReturnType<typeof useChosen>;
  readonly disabled: boolean;
  /** A plan, a receipt or work is shown. */
  readonly settled: boolean;
}) {
  const { target, disabled, settled } = props;
  const { objects, going, toggle } = props.chosen;
  const [unfolded, setUnfolded] = useState(false);
  const open = !settled || unfolded;
  const [edited, setEdited] = useState<string | null>(null);
  return (
    <section className={styles['chosen']} aria-label="What is promoted">
      <header>
        <h2>
          What goes <small>{`${going.length} of ${objects.length}`}</small>
        </h2>
        {!open && <p title={wordsOf(going)}>{wordsOf(going)}</p>}
        {settled && (
          <Button
            small
            icon={open ? ChevronDown : ChevronRight}
            aria-expanded={open}
            onClick={() => setUnfolded(!open)}
          >
            {open ? 'Fold' : 'Change…'}
          </Button>
        )}
      </header>
      {open && (
        <div className={styles['objects']}>
          {objects.map(({ key, kind, name, rows }) => (
            <div key={key} className={styles['object']}>
              <Checkbox
                label={<span title={name}>{name}</span>}
                checked={going.some((object) => object.key === key)}
                disabled={disabled}
                onChange={() => toggle({ key, kind, name, rows })}
              />
              <div>
                {kind === 'table' && modeWords(named(target.tables, name) ?? {}) !== '' && (
                  <Badge>{modeWords(named(target.tables, name) ?? {})}</Badge>
                )}
              </div>
              <KindIcon kind={kind} />
              {rows === undefined ? <data value="">{kind}</data> : <data value={rows}>{count(rows)}</data>}
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
      )}
      {edited !== null && (
        <TableDialog key={edited} target={target} table={edited} onClose={() => setEdited(null)} />
      )}
    </section>
  );
}

const wordsOf = (going: readonly PromotableObject[]) => going.map(({ name }) => name).join(', ');

function KindIcon({ kind }: Pick<PromotableObject, 'kind'>) {
  const Icon = icons[kind];
  return <Icon aria-label={kind} />;
}
