import { useState } from 'react';
import type { ComparedTable, TableComparison } from '../../../shared/contract/comparison.ts';
import type { Table } from '../../../shared/contract/tables.ts';
import { counted } from '../../../shared/number-words.ts';
import { RowChangeList } from '../../grid/row-changes.tsx';
import { Button } from '../../ui/button.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTab, useTabState } from '../../workspace/tab-state.ts';
import styles from './compare-view.module.css';
import { ComparedColumns } from './compared-columns.tsx';

/** Stands for the version before the last import; no table can have this name. */
const versionBefore = '\u0000before';
const notChosen: string | null = null;

/** A table beside another one, or beside what it was: columns, how values are spread, rows. */
export default function CompareView() {
  const { key: table } = useTab();
  const [chosen, setOther] = useTabState<string | null>('other', notChosen);
  const { data: tables } = useEngine('tables', 'list', {});
  const { data: versions } = useEngine('tables', 'versions', { table });
  if (!tables || !versions) return <Skeleton />;
  const kept = versions.before;
  const other = chosen ?? (kept ? versionBefore : likeliest(tables, table));
  const options = [
    ...(kept ? [{ value: versionBefore, label: `${table} before its last import` }] : []),
    ...tables
      .filter(({ name }) => name !== table)
      .map(({ name, rows }) => ({ value: name, label: name, aside: counted(rows, 'row') })),
  ];
  return (
    <div className={styles['view']}>
      <Toolbar label="Comparison">
        <Combobox
          label="Compare with"
          hideLabel
          value={other ?? null}
          onChange={setOther}
          options={options}
          placeholder="Compare with…"
        />
        <span>→ {table}</span>
      </Toolbar>
      {other === undefined ? (
        <EmptyState says="There is no other table to compare it with." />
      ) : (
        <Comparison
          key={other}
          before={other === versionBefore ? { table, version: 'before' } : { table: other }}
          now={{ table }}
        />
      )}
    </div>
  );
}

/** The table that has most columns in common with this one. */
function likeliest(tables: readonly Table[], name: string): string | undefined {
  const own = new Set(tables.find((table) => table.name === name)?.columns.map((column) => column.name));
  const common = ({ columns }: Table) => columns.filter((column) => own.has(column.name)).length;
  return tables.filter((table) => table.name !== name).sort((a, b) => common(b) - common(a))[0]?.name;
}

interface Sides {
  readonly before: ComparedTable;
  readonly now: ComparedTable;
}

function Comparison({ before, now }: Sides) {
  const { data, problem, refetch } = useEngine('tables', 'compare', { before, now }, { cancellable: true });
  if (problem)
    return <ProblemView problem={problem} action={{ label: 'Try again', run: () => void refetch() }} />;
  if (!data) return <Skeleton says="Comparing columns…" />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
    <section className={styles['parts']} aria-label="What differs" tabIndex={0}>
      <p className={styles['words']}>
        {data.before.title}, {counted(data.before.rows, 'row')} → {data.now.title},{' '}
        {counted(data.now.rows, 'row')}
      </p>
      <ComparedColumns comparison={data} />
      <RowsPart {...{ before, now, data }} />
    </section>
  );
}

const cheapRows = 300_000;
const wholeRows = '\u0000whole';

/** Rows by a key that is offered; of large tables only when asked for. */
function RowsPart({ before, now, data }: Sides & { readonly data: TableComparison }) {
  const [key, setKey] = useState<string>(data.keys[0] ?? wholeRows);
  const [wanted, setWanted] = useState(data.before.rows + data.now.rows <= cheapRows);
  const shared = data.columns.filter((column) => column.before && column.now);
  const { data: rows, problem } = useEngine(
    'tables',
    'compareRows',
    { before, now, key: key === wholeRows ? [] : [key] },
    { enabled: wanted && shared.length > 0, cancellable: true },
  );
  if (shared.length === 0) return <p className={styles['words']}>The two have no column in common.</p>;
  return (
    <div className={styles['rows']}>
      <div className={styles['choice']}>
        <span>Rows are the same by</span>
        <Combobox
          label="Key"
          hideLabel
          value={key}
          onChange={setKey}
          options={[
            ...shared.map(({ name }) => ({
              value: name,
              label: name,
              ...(data.keys.includes(name) ? { aside: 'could be a key' } : {}),
            })),
            { value: wholeRows, label: 'all of their cells' },
          ]}
        />
        {!wanted && <Button onClick={() => setWanted(true)}>Compare rows</Button>}
      </div>
      {problem && <ProblemView problem={problem} />}
      {wanted && !rows && !problem && <Skeleton lines={2} says="Comparing rows…" />}
      {rows && <RowChangeList rows={rows} />}
    </div>
  );
}
