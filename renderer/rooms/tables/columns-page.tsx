import { useDeferredValue, useState } from 'react';
import type { Column } from '../../../shared/column.ts';
import type { ColumnProfile } from '../../../shared/contract/tables.ts';
import { count, number } from '../../../shared/number-words.ts';
import type { Filter } from '../../../shared/view/filters.ts';
import { Histogram } from '../../charts/histogram.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { TypeGlyph } from '../../ui/type-glyph.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTab } from '../../workspace/tab-state.ts';
import { withHidden } from './column-menu.ts';
import styles from './columns-page.module.css';
import { useLook } from './use-look.ts';
import { useOpenedTable } from './use-opened-table.ts';

const lineHeight = 40;

/** All columns of a table one below the other, each with what it holds in small; of the rows that filters keep. */
export default function ColumnsPage() {
  const { key: table } = useTab();
  const columns = useOpenedTable().table?.columns;
  const { look, change } = useLook(table, columns);
  const [wanted, setWanted] = useState('');
  const searched = useDeferredValue(wanted.toLowerCase());
  if (!columns || !look) return <EmptyState says="The columns are read." />;
  const found = columns.filter(({ name }) => name.toLowerCase().includes(searched));
  const turn = (name: string) =>
    change((now) =>
      now.hidden.includes(name)
        ? { ...now, hidden: now.hidden.filter((other) => other !== name) }
        : withHidden(now, columns, name),
    );
  return (
    <div className={styles['page']}>
      <div className={styles['search']}>
        <TextField
          label="Find column"
          hideLabel
          placeholder="Find column…"
          value={wanted}
          onChange={setWanted}
        />
        <span className={styles['aside']}>
          {count(found.length)} of {count(columns.length)}
          {look.filters.length > 0 && ' · of the filtered rows'}
        </span>
      </div>
      <div className={styles['list']}>
        <VirtualList
          label={`Columns of ${table}`}
          items={found}
          keyOf={({ name }) => name}
          height={lineHeight}
          render={(column) => (
            <Line
              {...{ table, column }}
              filters={look.filters}
              hidden={look.hidden.includes(column.name)}
              last={look.hidden.length >= columns.length - 1}
              onTurn={() => turn(column.name)}
            />
          )}
        />
      </div>
    </div>
  );
}

function Line(props: {
  readonly table: string;
  readonly column: Column;
  readonly filters: readonly Filter[];
  readonly hidden: boolean;
  /** Hidden too, it would leave no column to be seen. */
  readonly last: boolean;
  readonly onTurn: () => void;
}) {
  const { table, column, filters, hidden, last, onTurn } = props;
  const { data } = useEngine(
    'tables',
    'profile',
    { table, columns: [column.name], filters: [...filters] },
    { keepPrevious: true },
  );
  const profile = data?.columns[0];
  return (
    <div className={styles['line']} data-hidden={hidden || undefined}>
      <span className={styles['name']} title={`${column.name} · ${column.type}`}>
        <TypeGlyph type={column.type} />
        <span className={styles['words']}>{column.name}</span>
      </span>
      {profile && data ? (
        <Cells profile={profile} rows={data.rows} />
      ) : (
        <span className={styles['aside']}>…</span>
      )}
      <button
        type="button"
        className={styles['turn']}
        aria-pressed={!hidden}
        disabled={last && !hidden}
        onClick={onTurn}
      >
        {hidden ? 'hidden' : 'shown'}
      </button>
    </div>
  );
}

function Cells({ profile, rows }: { readonly profile: ColumnProfile; readonly rows: number }) {
  const { nulls, distinct, isKey, mean, lengths, histogram, top, min, max } = profile;
  const filled = rows > 0 ? ((rows - nulls) * 100) / rows : 100;
  const middle = mean === null ? lengths && `length ${number(lengths.mean)}` : `mean ${number(mean)}`;
  return (
    <>
      <span className={styles['figure']}>{filled.toFixed(filled < 100 && filled > 99 ? 2 : 0)} % filled</span>
      <span className={styles['figure']}>
        {count(distinct)} distinct{isKey ? ' · key' : ''}
      </span>
      <span className={styles['words']} title={`${min ?? ''} – ${max ?? ''}`}>
        {min === null ? '' : `${min} – ${max}`}
      </span>
      <span className={styles['figure']}>{middle}</span>
      <span className={styles['chart']}>
        {histogram.length > 1 ? (
          <Histogram small label={profile.name} counts={histogram} />
        ) : (
          <span className={styles['words']}>
            {top[0] && top[0].count > 1 ? `mostly ${top[0].value || '""'}` : ''}
          </span>
        )}
      </span>
    </>
  );
}
