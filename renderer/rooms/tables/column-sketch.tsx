import type { Column } from '../../../shared/column.ts';
import type { ColumnProfile } from '../../../shared/contract/tables.ts';
import { count } from '../../../shared/number-words.ts';
import type { Filter } from '../../../shared/view/filters.ts';
import { Histogram } from '../../charts/histogram.tsx';
import styles from './table-view.module.css';
import { useColumnProfile } from './use-column-profile.ts';

/** Up to so many rows a column is profiled for its head; beyond, a sample of it is. */
const cheapRows = 1_000_000;
const all: readonly Filter[] = [];

/** How much height sketches take in a table of so many rows: none where there is nothing to draw. */
export const sketchHeight = (rows: number) => (rows > 0 ? 30 : 0);

/** A column in small, in its head: how its values are spread, and how much of it is filled. */
export function ColumnSketch(props: {
  readonly table: string;
  readonly rows: number;
  readonly column: Column;
}) {
  const { table, rows, column } = props;
  const { data, isOld } = useColumnProfile(table, column.name, all, rows > 0 ? rows : undefined, {
    most: cheapRows,
  });
  const profile = data?.columns[0];
  if (!profile || !data) return <div className={styles['sketch']} />;
  const looked = data.sampled ?? data.rows;
  const filled = looked > 0 ? ((looked - profile.nulls) * 100) / looked : 100;
  return (
    <div
      className={styles['sketch']}
      aria-busy={isOld || undefined}
      title={`${count(profile.nulls)} null · ${count(profile.distinct)} distinct${data.sampled === null ? '' : ` of ${count(looked)} rows picked`}`}
    >
      {profile.histogram.length > 1 ? (
        <Histogram small label={column.name} counts={profile.histogram} />
      ) : (
        <span className={styles['words']}>{words(profile, data.sampled !== null)}</span>
      )}
      <div
        role="img"
        aria-label={`${filled.toFixed(filled < 100 && filled > 99 ? 2 : 0)} % filled`}
        className={styles['track']}
      >
        <div className={styles['filled']} style={{ width: `${filled}%` }} />
      </div>
    </div>
  );
}

function words({ distinct, nulls, top }: ColumnProfile, isSample: boolean): string {
  if (distinct === 0) return isSample ? 'mostly null' : 'all null';
  if (distinct === 1 && nulls === 0) return isSample ? 'mostly one value' : 'one value';
  const unique = top.every((value) => value.count === 1);
  return unique && nulls === 0
    ? isSample
      ? 'mostly different'
      : 'all different'
    : `${count(distinct)}${isSample ? '+' : ''} values`;
}
