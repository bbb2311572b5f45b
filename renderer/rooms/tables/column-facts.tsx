import type { ColumnProfile } from '../../../shared/contract/tables.ts';
import { count, grouped, number } from '../../../shared/number-words.ts';
import styles from './column-inspector.module.css';

type Fact = readonly [string, string | null | undefined];

const maybe = (value: number | null | undefined) =>
  value === null || value === undefined ? null : number(value);
const share = (part: number, whole: number) =>
  whole > 0 ? ` · ${((part * 100) / whole).toFixed(part > 0 ? 2 : 0)} %` : '';

/** Digits are grouped where they are a number, not where they are a text of digits. */
const endOf = ({ mean }: ColumnProfile, end: string | null) =>
  end === null || mean === null ? end : grouped(end);

function general(profile: ColumnProfile, rows: number, isSample: boolean): readonly Fact[] {
  const { nulls, distinct, isKey, empty } = profile;
  return [
    [isSample ? 'rows looked at' : 'rows', count(rows)],
    ['null', `${count(nulls)}${share(nulls, rows)}`],
    ['empty text', empty > 0 ? `${count(empty)}${share(empty, rows)}` : null],
    [
      'distinct',
      isSample ? `${count(distinct)} or more` : `${count(distinct)}${isKey ? ' · could be a key' : ''}`,
    ],
    ['min', endOf(profile, profile.min)],
    ['max', endOf(profile, profile.max)],
  ];
}

function numeric({ mean, median, sd, sum, quantiles, zeroes, negatives }: ColumnProfile): readonly Fact[] {
  const [low, quarter, , threeQuarters, high] = quantiles ?? [];
  return [
    ['mean', maybe(mean)],
    ['median', maybe(median)],
    ['standard deviation', maybe(sd)],
    ['middle half', quantiles ? `${maybe(quarter)} – ${maybe(threeQuarters)}` : null],
    ['5 % – 95 %', quantiles ? `${maybe(low)} – ${maybe(high)}` : null],
    ['sum', sum === null ? null : grouped(sum)],
    ['zeroes', zeroes ? count(zeroes) : null],
    ['negative', negatives ? count(negatives) : null],
  ];
}

function others({ lengths, gaps }: ColumnProfile): readonly Fact[] {
  const longest = gaps?.longest;
  return [
    [
      'length',
      lengths ? `${count(lengths.min)} – ${count(lengths.max)}, mean ${number(lengths.mean)}` : null,
    ],
    ['days without rows', gaps ? count(gaps.missingDays) : null],
    ['longest gap', longest ? `${count(longest.days)} days after ${longest.after}` : null],
  ];
}

/** What is known of a column, in numbers. */
export function ColumnFacts(props: {
  readonly profile: ColumnProfile;
  readonly rows: number;
  /** True where these rows are a part of all. */
  readonly isSample: boolean;
}) {
  const { profile, rows, isSample } = props;
  const measured = numeric(isSample ? { ...profile, sum: null } : profile);
  const facts = [...general(profile, rows, isSample), ...measured, ...others(profile)];
  return (
    <dl className={styles['facts']}>
      {facts
        .filter(([, value]) => value !== null && value !== undefined)
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
