import type { ColumnProfile } from '../../../shared/contract/tables.ts';
import { count } from '../../../shared/number-words.ts';
import type { Filter } from '../../../shared/view/filters.ts';
import { Histogram } from '../../charts/histogram.tsx';
import { ShareBars } from '../../charts/share-bars.tsx';
import { useSeenCell } from '../../grid/seen-cell.ts';
import { CellColumn, WholeCell } from '../../grid/whole-cell.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import part from '../../ui/part-title.module.css';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTab, useTabState } from '../../workspace/tab-state.ts';
import { filterOfSteps, withFilter } from './brush.ts';
import { ColumnFacts } from './column-facts.tsx';
import styles from './column-inspector.module.css';
import { ColumnRelations } from './column-relations.tsx';
import { useColumnProfile } from './use-column-profile.ts';
import { useLook } from './use-look.ts';
import { useOpenedTable } from './use-opened-table.ts';

/** What the column in focus holds, and the whole of the cell. */
export default function ColumnInspector() {
  const { key: table } = useTab();
  const [cell] = useSeenCell();
  if (!cell) return <EmptyState says="Select a cell to see what its column holds." />;
  return (
    <div className={styles['page']}>
      <CellColumn cell={cell} />
      <Profile key={cell.column} table={table} column={cell.column} />
      <WholeCell cell={cell} />
    </div>
  );
}

type Scope = 'all' | 'filtered';

const scopes = [
  { value: 'all' as const, label: 'All rows' },
  { value: 'filtered' as const, label: 'Filtered' },
];

function Profile({ table, column }: { readonly table: string; readonly column: string }) {
  const [scope, setScope] = useTabState<Scope>('scope', 'filtered');
  const { table: known } = useOpenedTable();
  const { look, change } = useLook(table, known?.columns);
  const filters = scope === 'filtered' ? (look?.filters ?? []) : [];
  const { data, isOfOthers, isOld, problem, stopped, refetch } = useColumnProfile(
    table,
    column,
    filters,
    look && known?.rows,
    {
      asTask: `Profiling ${table}: ${column}`,
    },
  );
  if (problem)
    return <ProblemView problem={problem} action={{ label: 'Try again', run: () => void refetch() }} />;
  const profile = data?.columns[0];
  if (!data || !profile) return <Skeleton lines={5} says={`Profiling ${column}…`} />;
  const whole = data.sampled ?? data.rows;
  const narrow = (filter: Filter | undefined) => filter && change((now) => withFilter(now, filter));
  return (
    <>
      {look && look.filters.length > 0 && (
        <Choice label="Which rows" value={scope} onChange={setScope} options={scopes} />
      )}
      {data.sampled !== null && (
        <p className={styles['note']} role="status">
          A first impression from {count(data.sampled)} of {count(data.rows)} rows;{' '}
          {stopped ? 'reading all of them was stopped.' : 'all of them are being read.'}
        </p>
      )}
      {stopped && (
        <div>
          <Button small onClick={() => void refetch()}>
            Read all rows
          </Button>
        </div>
      )}
      {isOfOthers && (
        <p className={styles['note']} role="status">
          Counting…
        </p>
      )}
      <div className={styles['profile']} inert={isOfOthers} aria-busy={isOld || undefined}>
        <ColumnFacts profile={profile} rows={whole} isSample={data.sampled !== null} />
        {profile.histogram.length > 1 && (
          <>
            <Histogram
              label={column}
              counts={profile.histogram}
              from={profile.min}
              to={profile.max}
              onBrush={(first, last) => narrow(filterOfSteps(profile, first, last, filters))}
            />
            <p className={styles['note']}>Drag over the bars to filter by them.</p>
          </>
        )}
        <TopValues profile={profile} rows={whole} isSample={data.sampled !== null} />
        <Patterns profile={profile} />
      </div>
      <ColumnRelations table={table} column={profile} filters={filters} rows={data.rows} />
    </>
  );
}

function Patterns({ profile: { patterns } }: { readonly profile: ColumnProfile }) {
  if (!patterns || patterns.top.length === 0) return null;
  const shares = patterns.top.map(({ pattern, count: n }) => ({
    key: pattern,
    label: pattern === '' ? '""' : pattern,
    faint: pattern === '',
    count: n,
  }));
  return (
    <section>
      <h4 className={part['title']}>
        Shapes of text
        <span className={part['aside']}>of {count(patterns.rows)} values</span>
      </h4>
      <ShareBars label="Shapes of text" shares={shares} whole={patterns.rows} />
    </section>
  );
}

function TopValues(props: {
  readonly profile: ColumnProfile;
  readonly rows: number;
  readonly isSample: boolean;
}) {
  const { profile, rows, isSample } = props;
  const valued = rows - profile.nulls;
  if (profile.top.length === 0) return null;
  const unique = profile.distinct === valued && valued > 1;
  if (unique) return <p className={styles['note']}>Every value{isSample && ' looked at'} is different.</p>;
  const shown = profile.top.reduce((sum, value) => sum + value.count, 0);
  const others = { key: 'others', label: 'all others', faint: true, count: valued - shown };
  const shares = profile.top.map((top, at) => ({
    key: `${at} ${top.value}`,
    label: top.value === '' ? '""' : top.value,
    faint: top.value === '',
    count: top.count,
  }));
  return (
    <section>
      <h4 className={part['title']}>Most frequent</h4>
      <ShareBars
        label="Most frequent values"
        shares={others.count > 0 ? [...shares, others] : shares}
        whole={valued}
      />
    </section>
  );
}
