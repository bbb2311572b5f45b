import type { ComparedColumn, ComparedValues, TableComparison } from '../../../shared/contract/comparison.ts';
import type { ColumnProfile } from '../../../shared/contract/tables.ts';
import { count, number } from '../../../shared/number-words.ts';
import { Overlay } from '../../charts/overlay.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import list from '../../ui/list.module.css';
import { TypeGlyph } from '../../ui/type-glyph.tsx';
import styles from './compare-view.module.css';

const badges: Readonly<Record<ComparedColumn['change'], readonly [Tone, string] | undefined>> = {
  same: undefined,
  retyped: ['warn', '~ other type'],
  added: ['ok', '+ new'],
  removed: ['bad', '− gone'],
};

const apartMeans =
  'Numbers and times: the largest difference between the shares of rows up to a value (Kolmogorov–Smirnov). All else: the share of the rows that would have to have another value (total variation). 100 % where nothing is in common.';

/** Columns of two tables, one a line: what changed of each, and how its values are spread on both sides. */
export function ComparedColumns({ comparison }: { readonly comparison: TableComparison }) {
  const { columns, before, now } = comparison;
  return (
    <table className={cx(list['table'], styles['columns'])} aria-label="Columns compared">
      <thead>
        <tr>
          <th scope="col">column</th>
          <th scope="col">change</th>
          <th scope="col">spread, before in grey</th>
          <th scope="col" className={list['right']} title={apartMeans}>
            apart
          </th>
          <th scope="col" className={list['right']}>
            null
          </th>
          <th scope="col" className={list['right']}>
            distinct
          </th>
          <th scope="col" className={list['right']}>
            mean
          </th>
          <th scope="col">from – to</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column) => (
          <Line key={column.name} {...{ column }} rows={[before.rows, now.rows]} />
        ))}
      </tbody>
    </table>
  );
}

function Line({
  column,
  rows,
}: {
  readonly column: ComparedColumn;
  readonly rows: readonly [number, number];
}) {
  const { name, change, before, now, values, distance } = column;
  const badge = badges[change];
  const type = now?.type ?? before?.type ?? '';
  return (
    <tr>
      <th scope="row" className={styles['name']} title={`${name} · ${type}`}>
        <TypeGlyph type={type} /> {name}
      </th>
      <td>
        {badge && <Badge tone={badge[0]}>{badge[1]}</Badge>}
        {change === 'retyped' && (
          <span className={styles['aside']}>
            {' '}
            {before?.type} → {now?.type}
          </span>
        )}
      </td>
      <td className={styles['spread']}>{values && <Overlay label={name} {...sharesOf(values, rows)} />}</td>
      <td className={list['right']}>{distance === null ? '' : apartWords(distance)}</td>
      <Figures {...{ before, now }} />
    </tr>
  );
}

/** A difference is never written as none. */
const apartWords = (distance: number) =>
  distance > 0 && distance < 0.0005 ? '< 0.1 %' : `${(distance * 100).toFixed(1)} %`;

function Figures({
  before,
  now,
}: {
  readonly before: ColumnProfile | null;
  readonly now: ColumnProfile | null;
}) {
  const both = (say: (profile: ColumnProfile) => string, exactly = say): string => {
    if (!before || !now) return before || now ? say((now ?? before) as ColumnProfile) : '';
    const [old, fresh] = [say(before), say(now)];
    if (old === fresh) return exactly === say || exactly(before) === exactly(now) ? fresh : both(exactly);
    return `${old || '–'} → ${fresh || '–'}`;
  };
  const span = both(({ min, max }) => (min === null ? '' : `${min} – ${max}`));
  return (
    <>
      <td className={list['right']}>{both(({ nulls }) => count(nulls))}</td>
      <td className={list['right']}>
        {both(({ distinct, isKey }) => `${count(distinct)}${isKey ? ' · key' : ''}`)}
      </td>
      <td className={list['right']}>
        {both(
          ({ mean }) => (mean === null ? '' : number(mean)),
          ({ mean }) => String(mean),
        )}
      </td>
      <td className={styles['span']} title={span}>
        {span}
      </td>
    </>
  );
}

/** Shares of each side's rows, so that tables of different size are drawn alike. */
function sharesOf(values: ComparedValues, [before, now]: readonly [number, number]) {
  const share = (counts: readonly number[], rows: number) => counts.map((n) => (rows > 0 ? n / rows : 0));
  if (values.of === 'steps')
    return { before: share(values.before, before), now: share(values.now, now), names: undefined };
  return {
    before: share(
      values.values.map((one) => one.before),
      before,
    ),
    now: share(
      values.values.map((one) => one.now),
      now,
    ),
    names: values.values.map(({ value }) => (value === '' ? '""' : value)),
  };
}
