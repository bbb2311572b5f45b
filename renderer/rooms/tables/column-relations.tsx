import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { type Column, canBeRelated } from '../../../shared/column.ts';
import type { Relations } from '../../../shared/contract/relations.ts';
import { count } from '../../../shared/number-words.ts';
import { uncomparedWords } from '../../../shared/uncompared-words.ts';
import type { Filter } from '../../../shared/view/filters.ts';
import { cx } from '../../ui/cx.ts';
import part from '../../ui/part-title.module.css';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useEngine } from '../../use-engine.ts';
import styles from './column-inspector.module.css';
import { coefficient } from './relation-words.ts';

/** In tables of more rows it is computed when somebody opens it. */
const cheapRows = 200_000;
const mostShown = 5;
const least = 0.1;

/** What a column has to do with the others of its table. */
export function ColumnRelations(props: {
  readonly table: string;
  readonly column: Column;
  readonly filters: readonly Filter[];
  readonly rows: number;
}) {
  const {
    table,
    column: { name: column, type },
    filters,
    rows,
  } = props;
  const [open, setOpen] = useState(rows <= cheapRows);
  const { data, problem } = useEngine(
    'tables',
    'relations',
    { table, filters: [...filters], about: column },
    { enabled: open, keepPrevious: true, asTask: `Comparing the columns of ${table}` },
  );
  const related = canBeRelated(type);
  // What is kept on screen meanwhile may be of another column.
  const found = data && (!related || data.compared.includes(column)) ? data : undefined;
  const facts = found && factsOf(found, column);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={cx(part['title'], styles['fold'])}>
        <ChevronRight aria-hidden />
        With other columns
        {data?.sampled && <span className={part['aside']}>of {count(data.sampled)} rows</span>}
      </summary>
      {problem && <ProblemView problem={problem} />}
      {open && !facts && !problem && <Skeleton lines={2} says="Comparing columns…" />}
      {facts?.length === 0 && (
        <p className={styles['note']}>
          {related ? 'It goes with no other column.' : 'Values of this type are not compared with others.'}
        </p>
      )}
      {facts && facts.length > 0 && (
        <dl className={styles['facts']}>
          {facts.map(([name, value]) => (
            <div key={name + value} className={styles['fact']}>
              <dt>{name}</dt>
              <dd data-selectable title={value}>
                {value}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {found && found.leftOut + found.uncorrelated > 0 && (
        <p className={styles['note']}>{sentence(uncomparedWords(found).join(', '))}</p>
      )}
    </details>
  );
}

const sentence = (words: string) => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;

function factsOf({ correlations, dependencies, missing }: Relations, column: string) {
  const other = ({ a, b }: { readonly a: string; readonly b: string }) => (a === column ? b : a);
  const has = ({ a, b }: { readonly a: string; readonly b: string }) => a === column || b === column;
  const close = correlations
    .filter((one) => has(one) && Math.abs(one.rank ?? 0) >= least)
    .slice(0, mostShown)
    .map((one) => ['rises and falls with', `${other(one)} ${coefficient(one.rank)}`] as const);
  const decided = dependencies
    .filter((one) => one.column === column)
    .map(({ by, breaking }) => ['decided by', `${by}${exceptions(breaking)}`] as const);
  const decides = dependencies
    .filter(({ by }) => by === column)
    .map((one) => ['decides', `${one.column}${exceptions(one.breaking)}`] as const);
  const together = missing.together
    .filter(has)
    .slice(0, mostShown)
    .map((one) => ['null together with', `${other(one)} in ${count(one.rows)} rows`] as const);
  return [...close, ...decided, ...decides, ...together];
}

const exceptions = (rows: number) => (rows > 0 ? ` but for ${count(rows)} rows` : '');
