import { ArrowDown, ArrowUp, ListFilter, X } from 'lucide-react';
import { Fragment } from 'react';
import { count } from '../../../shared/number-words.ts';
import type { Problem } from '../../../shared/problem.ts';
import { type Filter, kindOf } from '../../../shared/view/filters.ts';
import type { Look } from '../../../shared/view/look.ts';
import { Button } from '../../ui/button.tsx';
import styles from './filter-bar.module.css';
import type { FilterDraft } from './filter-dialog.tsx';
import { seenWords } from './seen-words.ts';
import type { ChangeLook } from './use-look.ts';

/** What rows are seen, as a sentence whose parts can be changed and taken away. */
export function FilterBar(props: {
  readonly look: Look;
  readonly onLook: ChangeLook;
  readonly onEdit: (draft: FilterDraft) => void;
  readonly firstColumn: string;
  /** Rows seen, once known, or why they could not be counted; and rows there are. */
  readonly seen: number | Problem | undefined;
  readonly rows: number;
  /** Filters of columns that are not there any more. */
  readonly lost: readonly Filter[];
  readonly onForgetLost: () => void;
}) {
  const { look, onLook, onEdit, firstColumn, seen, rows, lost, onForgetLost } = props;
  const { filters, sort, hidden } = look;
  const without = (at: number) => onLook((now) => ({ ...now, filters: now.filters.toSpliced(at, 1) }));
  return (
    <section className={styles['bar']} aria-label="What is seen">
      {filters.map((filter, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a filter is its place in the sentence
        <Fragment key={at}>
          {at > 0 && <span className={styles['and']}>and</span>}
          <span className={styles['chip']}>
            <button
              type="button"
              className={styles['words']}
              onClick={() => onEdit({ column: filter.column, at, filter })}
            >
              <strong>{filter.column}</strong> {kindOf(filter).says(filter)}
            </button>
            <button
              type="button"
              className={styles['remove']}
              aria-label={`Take away: ${filter.column} ${kindOf(filter).says(filter)}`}
              onClick={() => without(at)}
            >
              <X aria-hidden />
            </button>
          </span>
        </Fragment>
      ))}
      <Button
        small
        kind="quiet"
        icon={ListFilter}
        onClick={() => onEdit({ column: firstColumn, at: undefined, filter: undefined })}
      >
        {filters.length === 0 ? 'Filter…' : 'and…'}
      </Button>
      {sort.length > 0 && <SortWords {...{ look, onLook }} />}
      {hidden.length > 0 && (
        <Button small kind="quiet" onClick={() => onLook((now) => ({ ...now, hidden: [] }))}>
          {`Show ${count(hidden.length)} hidden ${hidden.length === 1 ? 'column' : 'columns'}`}
        </Button>
      )}
      {lost.length > 0 && (
        <span className={styles['lost']} role="status">
          Left out, as the column is gone:{' '}
          {lost.map((one) => `${one.column} ${kindOf(one).says(one)}`).join('; ')}
          <Button small kind="quiet" onClick={onForgetLost}>
            Forget
          </Button>
        </span>
      )}
      {filters.length > 0 && (
        <span className={styles['seen']} aria-live="polite">
          {seenWords(seen, rows)}
        </span>
      )}
    </section>
  );
}

function SortWords({ look, onLook }: { readonly look: Look; readonly onLook: ChangeLook }) {
  const turn = (at: number) =>
    onLook((now) => ({
      ...now,
      sort: now.sort.map((key, other) => (other === at ? { ...key, descending: !key.descending } : key)),
    }));
  return (
    <>
      <span className={styles['and']}>sorted by</span>
      {look.sort.map(({ column, descending }, at) => (
        <span key={column} className={styles['chip']}>
          <button
            type="button"
            className={styles['words']}
            aria-label={`${column}, ${descending ? 'descending' : 'ascending'}: turn around`}
            onClick={() => turn(at)}
          >
            <strong>{column}</strong>
            {descending ? <ArrowDown aria-hidden /> : <ArrowUp aria-hidden />}
          </button>
          <button
            type="button"
            className={styles['remove']}
            aria-label={`Do not sort by ${column}`}
            onClick={() => onLook((now) => ({ ...now, sort: now.sort.toSpliced(at, 1) }))}
          >
            <X aria-hidden />
          </button>
        </span>
      ))}
    </>
  );
}
