import { useMemo } from 'react';
import type { ResultComparison, ResultDifference } from '../../../shared/contract/query-results.ts';
import { decodePage } from '../../../shared/decode-page.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import list from '../../ui/list.module.css';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTabMemory } from '../../workspace/tab-state.ts';
import { cutWords } from './cut-words.ts';
import type { Result } from './outcome.ts';
import styles from './query-view.module.css';

const byPlace = '\u0000place';
const unset: string | null = null;

/** Two results side by side: rows added, removed and changed, by a key or by place. */
export function ComparisonView({ before, now }: { readonly before: Result; readonly now: Result }) {
  const shared = useMemo(() => sharedColumns(before, now), [before, now]);
  const guessed = useMemo(() => guess(shared, [before, now]), [shared, before, now]);
  const cut = cutWords([before, now]);
  const [chosen, setKey] = useTabMemory<string | null>('compare key', unset);
  const key =
    chosen !== null && (chosen === byPlace || shared.includes(chosen)) ? chosen : (guessed ?? byPlace);
  const { data, problem } = useEngine(
    'query',
    'compare',
    {
      before: before.result.bytes ?? new Uint8Array(),
      now: now.result.bytes ?? new Uint8Array(),
      key: key === byPlace ? [] : [key],
    },
    { keepFor: 0 },
  );
  return (
    <div className={styles['part']}>
      <Toolbar label="Comparison">
        <span>
          {before.title} → {now.title}
        </span>
        <span className={styles['aside']}>rows are the same by</span>
        <Select
          label="Key"
          hideLabel
          value={key}
          onChange={setKey}
          options={[
            ...shared.map((name) => ({ value: name, label: name })),
            { value: byPlace, label: 'their place' },
          ]}
        />
        {data && <Counts data={data} />}
      </Toolbar>
      {cut && <p className={styles['words']}>{cut}</p>}
      {problem && <ProblemView problem={problem} />}
      {!data && !problem && <Skeleton says="Comparing…" />}
      {data && <Differences data={data} by={key === byPlace ? 'row' : key} />}
    </div>
  );
}

const pageOf = ({ result }: Result) => (result.bytes ? decodePage(result.bytes) : undefined);

function sharedColumns(before: Result, now: Result): readonly string[] {
  const names = (one: Result) => pageOf(one)?.columns.map(({ name }) => name) ?? [];
  const old = names(before);
  return [...new Set(names(now).filter((name) => old.includes(name)))];
}

/** Beyond so many rows a key is guessed by its name only. */
const fewRows = 5000;

/** The column that tells rows apart in both results: by its name, else by its values. */
function guess(columns: readonly string[], results: readonly Result[]): string | undefined {
  const named = columns.find((name) => /(^|_)(id|key|code)$/i.test(name));
  if (named || results.some(({ result }) => result.rows > fewRows)) return named;
  const pages = results.flatMap((one) => pageOf(one) ?? []);
  return columns.find((name) =>
    pages.every((page) => {
      const at = page.columns.findIndex((column) => column.name === name);
      return (
        new Set(Array.from({ length: page.rows }, (_none, row) => page.cell(row, at))).size === page.rows
      );
    }),
  );
}

function Counts({ data }: { readonly data: ResultComparison }) {
  const { added, removed, changed, same } = data;
  return (
    <>
      <Badge tone="ok">+{count(added)} added</Badge>
      <Badge tone="bad">−{count(removed)} removed</Badge>
      <Badge tone="warn">~{count(changed)} changed</Badge>
      <span className={styles['aside']}>{counted(same, 'row')} the same</span>
    </>
  );
}

const signs = { added: '+ added', removed: '− removed', changed: '~ changed' } as const;

function Differences({ data, by }: { readonly data: ResultComparison; readonly by: string }) {
  const { rows, columnsAdded, columnsRemoved, added, removed, changed } = data;
  // The key stands in front already.
  const columns = data.columns.map((name, at) => ({ name, at })).filter(({ name }) => name !== by);
  const other = [...columnsAdded.map((name) => `+ ${name}`), ...columnsRemoved.map((name) => `− ${name}`)];
  if (rows.length === 0) return <EmptyState says={alike(data, other)} />;
  const total = added + removed + changed;
  return (
    <div className={list['scroll']}>
      {other.length > 0 && <p className={styles['words']}>Columns: {other.join(', ')}</p>}
      {rows.length < total && (
        <p className={styles['words']}>
          First {count(rows.length)} of {counted(total, 'difference')}.
        </p>
      )}
      <table className={cx(list['table'], styles['differences'])} aria-label="Differences">
        <thead>
          <tr>
            <th scope="col">what</th>
            <th scope="col">{by}</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a difference is its place
            <Difference key={at} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What is said where no row differs. */
function alike({ columns, same }: ResultComparison, other: readonly string[]): string {
  if (columns.length === 0)
    return `They have no column in common${other.length > 0 ? ` (${other.join(', ')})` : ''}.`;
  const rows = same === 0 ? 'Neither has rows' : 'Every row is the same';
  if (other.length === 0) return `${rows}.`;
  return `${same === 0 ? `${rows}; their columns differ` : `${rows} in the columns that both have`} (${other.join(', ')}).`;
}

const shown = (cell: string | null | undefined) =>
  cell === null || cell === undefined ? <span className={styles['null']}>null</span> : cell || '""';

function Difference({
  row,
  columns,
}: {
  readonly row: ResultDifference;
  readonly columns: readonly { readonly name: string; readonly at: number }[];
}) {
  const { kind, key, before, now } = row;
  return (
    <tr data-kind={kind}>
      <td>{signs[kind]}</td>
      <td>{shown(key[0])}</td>
      {columns.map(({ name, at }) => {
        const differs = kind === 'changed' && before?.[at] !== now?.[at];
        return (
          <td key={name} data-differs={differs || undefined}>
            {differs && (
              <>
                <del>{shown(before?.[at])}</del> →{' '}
              </>
            )}
            {shown((now ?? before)?.[at])}
          </td>
        );
      })}
    </tr>
  );
}
