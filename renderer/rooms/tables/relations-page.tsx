import type { Column } from '../../../shared/column.ts';
import type { ColumnDependency, Relations } from '../../../shared/contract/relations.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { uncomparedWords } from '../../../shared/uncompared-words.ts';
import { ShareBars } from '../../charts/share-bars.tsx';
import { Choice } from '../../ui/choice.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTab, useTabState } from '../../workspace/tab-state.ts';
import { CorrelationMatrix } from './correlation-matrix.tsx';
import styles from './relations-page.module.css';
import { useLook } from './use-look.ts';
import { useOpenedTable } from './use-opened-table.ts';

type Kind = 'pearson' | 'rank';

const kinds = [
  { value: 'rank' as const, label: 'By rank' },
  { value: 'pearson' as const, label: 'Along a line' },
];

/** What the columns of a table have to do with one another, over the rows that filters keep. */
export default function RelationsPage() {
  const { key: table } = useTab();
  const columns = useOpenedTable().table?.columns;
  const { look } = useLook(table, columns);
  const [kind, setKind] = useTabState<Kind>('correlation', 'rank');
  const { data, problem } = useEngine(
    'tables',
    'relations',
    { table, filters: [...(look?.filters ?? [])] },
    { enabled: look !== undefined, keepPrevious: true },
  );
  if (problem) return <ProblemView problem={problem} />;
  if (!data || !columns) return <Skeleton says={`Comparing the columns of ${table}…`} />;
  return (
    <div className={styles['page']}>
      <Toolbar label="Between columns" end={<span className={styles['aside']}>{scopeOf(data)}</span>}>
        <span>Correlation</span>
        <Choice label="Correlation" value={kind} onChange={setKind} options={kinds} />
      </Toolbar>
      <div className={styles['parts']}>
        <Correlations {...{ data, kind, columns }} />
        <Dependencies dependencies={data.dependencies} />
        <Missing data={data} />
      </div>
    </div>
  );
}

const scopeOf = (relations: Relations) =>
  [
    relations.sampled === null
      ? `of all ${counted(relations.rows, 'row')}`
      : `correlation of ${count(relations.sampled)} rows picked from ${count(relations.rows)}`,
    ...uncomparedWords(relations),
  ].join(' · ');

function Correlations(props: {
  readonly data: Relations;
  readonly kind: Kind;
  readonly columns: readonly Column[];
}) {
  const { data, kind, columns } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
    <section aria-label="Correlation" className={styles['part']} tabIndex={0}>
      {data.correlations.length === 0 ? (
        <EmptyState says="There are not two columns of numbers or times." />
      ) : (
        <CorrelationMatrix {...{ columns, kind }} table={data.table} correlations={data.correlations} />
      )}
    </section>
  );
}

function Dependencies({ dependencies }: { readonly dependencies: readonly ColumnDependency[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
    <section aria-label="Which column decides which" className={styles['part']} tabIndex={0}>
      <h3 className={styles['title']}>Which column decides which</h3>
      {dependencies.length === 0 && <p className={styles['aside']}>None decides another one.</p>}
      <ul className={styles['list']}>
        {dependencies.map(({ by, column, rows, breaking }) => (
          <li key={JSON.stringify([by, column])}>
            <span className={styles['words']} title={`${by} → ${column}`}>
              {by} → {column}
            </span>
            <span className={styles['aside']}>
              {breaking === 0 ? 'in every row' : `not in ${count(breaking)} of ${count(rows)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Missing({ data: { missing, rows } }: { readonly data: Relations }) {
  const shares = missing.patterns.map(({ columns, rows: n }) => ({
    key: JSON.stringify(columns),
    label: columns.length === 0 ? 'nothing is null' : columns.join(', '),
    faint: columns.length === 0,
    count: n,
  }));
  const others = { key: 'others', label: 'all other patterns', faint: true, count: missing.otherRows };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
    <section aria-label="What is null together" className={styles['part']} tabIndex={0}>
      <h3 className={styles['title']}>What is null together</h3>
      <ShareBars
        label="Columns that are null in the same rows"
        shares={others.count > 0 ? [...shares, others] : shares}
        whole={rows}
      />
      <ul className={styles['list']}>
        {missing.together.map(({ a, b, share }) => (
          <li key={JSON.stringify([a, b])}>
            <span className={styles['words']} title={`${a} and ${b}`}>
              {a} and {b}
            </span>
            <span className={styles['aside']}>
              {share > 0.9995 ? 'in the same rows' : `agree by ${share.toFixed(2)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
