import { typeFamily } from '../../../shared/column.ts';
import type { FilterValue } from '../../../shared/contract/search.ts';
import { count } from '../../../shared/number-words.ts';
import { type Question, valueWords } from './question.ts';
import type { Ranged } from './range-ends.ts';

/** What may be chosen as one more filter: a value of a key, or a range of its values, whose ends are asked for. */
export type Offered =
  | { readonly key: string; readonly value: FilterValue; readonly n: number }
  | { readonly key: string; readonly range: Ranged };

interface KeyValues {
  readonly key: string;
  readonly values: readonly { readonly value: unknown; readonly count: number }[];
}

/** A value that a filter can be equal to. */
const isScalar = (value: unknown): value is string | number | boolean | null =>
  typeof value !== 'object' || value === null;

const rangedBy: Readonly<Record<string, Ranged>> = {
  integer: 'numbers',
  decimal: 'numbers',
  float: 'numbers',
  date: 'days',
  timestamp: 'days',
  timestamptz: 'days',
};

/** Ranges and values of the keys that are not filtered by yet: of numbers and days ranges first, and values that stand several times. */
export function offeredFilters(
  metadata: readonly KeyValues[],
  columns: readonly { readonly name: string; readonly type: string }[],
  filter: Question['filter'],
): readonly Offered[] {
  return metadata.flatMap(({ key, values }): Offered[] => {
    if (Object.hasOwn(filter, key)) return [];
    const type = columns.find(({ name }) => name === key)?.type;
    const range = type === undefined ? undefined : rangedBy[typeFamily(type)];
    const repeated = values.some((entry) => entry.count > 1);
    return [
      ...(range ? [{ key, range }] : []),
      ...(repeated ? values : []).flatMap(({ value, count: n }) =>
        isScalar(value) ? [{ key, value, n }] : [],
      ),
    ];
  });
}

/** Of what an offer is chosen by. */
export const offerId = (offered: Offered): string =>
  JSON.stringify('range' in offered ? [offered.key] : [offered.key, offered.value]);

/** An offer as the field lists it. */
export const offerOption = (offered: Offered) =>
  'range' in offered
    ? { value: offerId(offered), label: `${offered.key}: from … to …` }
    : {
        value: offerId(offered),
        label: `${offered.key}: ${valueWords(offered.value)}`,
        aside: count(offered.n),
      };
