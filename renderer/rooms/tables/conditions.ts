import { typeFamily } from '../../../shared/column.ts';
import { type Filter, filterKinds } from '../../../shared/view/filters.ts';
import { type Answers, valuesOf } from './answers.ts';

/** One thing that can be asked of a column, as people say it. */
export interface Condition {
  readonly id: string;
  readonly label: string;
  /** Which fields it has. */
  readonly asks: 'nothing' | 'text' | 'value' | 'values' | 'ends' | 'span';
  readonly kind: Filter['kind'];
  /** Of several with one kind: which filters are this one. */
  readonly is: (filter: Filter) => boolean;
  readonly make: (column: string, answers: Answers) => unknown;
}

const values = (id: string, label: string, not: boolean): Condition => ({
  id,
  label,
  asks: 'values',
  kind: 'values',
  is: (filter) => filter.kind === 'values' && filter.not === not,
  make: (column, answers) => ({ kind: 'values', column, values: valuesOf(answers), not }),
});

const end = (label: string, side: 'from' | 'to', open: boolean): Condition => ({
  id: `${side}${open}`,
  label,
  asks: 'value',
  kind: 'range',
  is: (filter) =>
    filter.kind === 'range' &&
    filter[side] !== undefined &&
    filter[side === 'from' ? 'to' : 'from'] === undefined &&
    filter[`${side}Open`] === open,
  make: (column, { one }) => ({ kind: 'range', column, [side]: one, [`${side}Open`]: open }),
});

const text = (
  id: string,
  label: string,
  kind: 'contains' | 'starts' | 'matches',
  not = false,
): Condition => ({
  id,
  label,
  asks: 'text',
  kind,
  is: (filter) => filter.kind === kind && ('not' in filter ? filter.not : false) === not,
  make: (column, { one, ignoreCase }) =>
    kind === 'matches' ? { kind, column, pattern: one, not } : { kind, column, text: one, ignoreCase, not },
});

const filled = (id: string, label: string, not: boolean): Condition => ({
  id,
  label,
  asks: 'nothing',
  kind: 'filled',
  is: (filter) => filter.kind === 'filled' && filter.not === not,
  make: (column) => ({ kind: 'filled', column, not }),
});

/** Everything that can be asked, in the order in which it is offered. */
const conditions: readonly Condition[] = [
  values('is', 'is one of', false),
  values('isnt', 'is not', true),
  text('contains', 'contains', 'contains'),
  text('lacks', 'does not contain', 'contains', true),
  text('starts', 'starts with', 'starts'),
  text('matches', 'matches the pattern', 'matches'),
  text('mismatches', 'does not match the pattern', 'matches', true),
  end('at least', 'from', false),
  end('more than', 'from', true),
  end('at most', 'to', false),
  end('less than', 'to', true),
  {
    id: 'between',
    label: 'between',
    asks: 'ends',
    kind: 'range',
    // One without any end, which keeps all rows, is opened here too.
    is: (filter) => filter.kind === 'range' && (filter.from === undefined) === (filter.to === undefined),
    make: (column, { one, two, fromOpen, toOpen }) => ({
      kind: 'range',
      column,
      from: one,
      to: two,
      fromOpen,
      toOpen,
    }),
  },
  {
    id: 'recent',
    label: 'in the last',
    asks: 'span',
    kind: 'recent',
    is: (filter) => filter.kind === 'recent',
    make: (column, { one, two }) => ({ kind: 'recent', column, count: Number(one), unit: two || 'day' }),
  },
  filled('null', 'is null', true),
  filled('filled', 'is not null', false),
];

/** What can be asked of a column of a type, and what a filter there asks. */
export function conditionsFor(type: string, there?: Filter): readonly Condition[] {
  const usual = usualFor(type);
  return conditions.filter((one) => usual.includes(one) || (there !== undefined && one.is(there)));
}

/** Of text by its text first, of numbers and dates by their ends. */
function usualFor(type: string): readonly Condition[] {
  const fitting = conditions.filter(({ kind }) => filterKinds[kind].fits(type));
  const textual = ['text', 'json', 'other', 'uuid'].includes(typeFamily(type));
  return fitting.filter(
    ({ asks, kind }) => textual || asks !== 'text' || kind === 'matches' || kind === 'starts',
  );
}
