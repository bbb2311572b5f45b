import type { ColumnProfile } from '../../../shared/contract/tables.ts';
import { Histogram } from '../../charts/histogram.tsx';
import { ShareBars } from '../../charts/share-bars.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { count, number } from '../../ui/format.ts';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TypeGlyph } from '../../ui/type-glyph.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTab } from '../../workspace/tab-state.ts';
import styles from './column-inspector.module.css';
import { type SeenCell, useSeenCell } from './seen-cell.ts';

/** What the column in focus holds, and the whole of the cell. */
export default function ColumnInspector() {
  const { key: table } = useTab();
  const [cell] = useSeenCell();
  if (!cell) return <EmptyState says="Select a cell to see what its column holds." />;
  return (
    <div className={styles['page']}>
      <h3 className={styles['name']}>
        <TypeGlyph type={cell.type} />
        <span data-selectable>{cell.column}</span>
      </h3>
      <p className={styles['kind']}>{cell.type}</p>
      <Profile key={cell.column} table={table} column={cell.column} />
      <Cell cell={cell} />
    </div>
  );
}

function Profile({ table, column }: { readonly table: string; readonly column: string }) {
  const { data, problem, refetch } = useEngine('tables', 'profile', { table, columns: [column] });
  if (problem)
    return <ProblemView problem={problem} action={{ label: 'Try again', run: () => void refetch() }} />;
  const profile = data?.columns[0];
  if (!data || !profile) return <Skeleton lines={5} says={`Profiling ${column}…`} />;
  return (
    <>
      <Facts profile={profile} rows={data.rows} />
      {profile.histogram.length > 1 && (
        <Histogram label={column} counts={profile.histogram} from={profile.min} to={profile.max} />
      )}
      <TopValues profile={profile} rows={data.rows} />
    </>
  );
}

function Facts({ profile, rows }: { readonly profile: ColumnProfile; readonly rows: number }) {
  const share = rows > 0 ? ` · ${((profile.nulls * 100) / rows).toFixed(profile.nulls > 0 ? 2 : 0)} %` : '';
  const facts: readonly (readonly [string, string | null])[] = [
    ['rows', count(rows)],
    ['null', `${count(profile.nulls)}${share}`],
    ['distinct', count(profile.distinct)],
    ['min', profile.min],
    ['max', profile.max],
    ['mean', profile.mean === null ? null : number(profile.mean)],
    ['median', profile.median === null ? null : number(profile.median)],
  ];
  return (
    <dl className={styles['facts']}>
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name} className={styles['fact']}>
            <dt>{name}</dt>
            <dd data-selectable title={value ?? undefined}>
              {value === '' ? <span className={styles['faint']}>""</span> : value}
            </dd>
          </div>
        ))}
    </dl>
  );
}

function TopValues({ profile, rows }: { readonly profile: ColumnProfile; readonly rows: number }) {
  const valued = rows - profile.nulls;
  if (profile.top.length === 0) return null;
  const unique = profile.distinct === valued && valued > 1;
  if (unique) return <p className={styles['note']}>Every value is different.</p>;
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
      <h4 className={styles['part']}>Most frequent</h4>
      <ShareBars
        label="Most frequent values"
        shares={others.count > 0 ? [...shares, others] : shares}
        whole={valued}
      />
    </section>
  );
}

function Cell({ cell }: { readonly cell: SeenCell }) {
  if (cell.text === undefined) return null;
  return (
    <section>
      <h4 className={styles['part']}>
        Cell{cell.row === undefined ? '' : ` in row ${count(cell.row)}`}
        {cell.text !== null && <span className={styles['type']}>{count(cell.text.length)} characters</span>}
      </h4>
      {cell.text === null || cell.text === '' ? (
        <p className={styles['faint']}>{cell.text === null ? 'null' : '""'}</p>
      ) : (
        <pre className={styles['value']}>{pretty(cell)}</pre>
      )}
    </section>
  );
}

function pretty({ text, type }: SeenCell): string {
  if (!text || !/^jsonb?$/.test(type)) return text ?? '';
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
