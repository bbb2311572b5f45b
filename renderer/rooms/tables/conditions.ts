import { typeFamily } from '../../../shared/column.ts';
import { type Filter, filterKinds, filter as filterSchema } from '../../../shared/view/filters.ts';

/** What a person fills in for a condition. */
export interface Answers {
  readonly one: string;
  readonly two: string;
  readonly ignoreCase: boolean;
}

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

const lines = (text: string) =>
  text.split(/\r?\n/).filter((line, _at, all) => line !== '' || all.length === 1);

const values = (id: string, label: string, not: boolean): Condition => ({
  id,
  label,
  asks: 'values',
  kind: 'values',
  is: (filter) => filter.kind === 'values' && filter.not === not,
  make: (column, { one }) => ({ kind: 'values', column, values: lines(one), not }),
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
  make: (column, { one }) => ({ kind: 'range', column, [side]: one.trim(), [`${side}Open`]: open }),
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
export const conditions: readonly Condition[] = [
  values('is', 'is one of', false),
  values('isnt', 'is not', true),
  text('contains', 'contains', 'contains'),
  text('lacks', 'does not contain', 'contains', true),
  text('starts', 'starts with', 'starts'),
  text('matches', 'matches the pattern', 'matches'),
  end('at least', 'from', false),
  end('more than', 'from', true),
  end('at most', 'to', false),
  end('less than', 'to', true),
  {
    id: 'between',
    label: 'between',
    asks: 'ends',
    kind: 'range',
    is: (filter) => filter.kind === 'range' && filter.from !== undefined && filter.to !== undefined,
    make: (column, { one, two }) => ({ kind: 'range', column, from: one.trim(), to: two.trim() }),
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

/** What can be asked of a column of a type; of text by its text first, of numbers and dates by their ends. */
export function conditionsFor(type: string): readonly Condition[] {
  const fitting = conditions.filter(({ kind }) => filterKinds[kind].fits(type));
  const textual = ['text', 'json', 'other', 'uuid'].includes(typeFamily(type));
  return fitting.filter(
    ({ asks, kind }) => textual || asks !== 'text' || kind === 'matches' || kind === 'starts',
  );
}

const hasValue = (filter: Filter, end: 'from' | 'to') => (filter.kind === 'range' ? (filter[end] ?? '') : '');

/** The answers that a filter was made of. */
export function answersOf(filter: Filter | undefined): Answers {
  const plain = { one: '', two: '', ignoreCase: true };
  if (!filter) return plain;
  if (filter.kind === 'values')
    return { ...plain, one: filter.values.map((value) => value ?? '').join('\n') };
  if (filter.kind === 'range') {
    const from = hasValue(filter, 'from');
    const to = hasValue(filter, 'to');
    return { ...plain, one: from || to, two: from ? to : '' };
  }
  if (filter.kind === 'matches') return { ...plain, one: filter.pattern };
  if (filter.kind === 'recent') return { ...plain, one: String(filter.count), two: filter.unit };
  return filter.kind === 'filled' ? plain : { ...plain, one: filter.text, ignoreCase: filter.ignoreCase };
}

const isNumber = (text: string) =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) || /^([+-]?inf(inity)?|nan)$/i.test(text);

/** What is no number, of what numbers are held against. */
function strangeNumber({ asks }: Condition, type: string, { one, two }: Answers): string | undefined {
  if (!['integer', 'decimal', 'float'].includes(typeFamily(type))) return undefined;
  const given = asks === 'values' ? lines(one) : asks === 'value' ? [one] : asks === 'ends' ? [one, two] : [];
  return given.map((text) => text.trim()).find((text) => text !== '' && !isNumber(text));
}

/** The filter on a column of a type, or what is missing. */
export function filterOf(
  condition: Condition,
  column: string,
  type: string,
  answers: Answers,
): Filter | string {
  const { asks } = condition;
  if (asks === 'ends' && (answers.one.trim() === '' || answers.two.trim() === '')) return 'Give both ends.';
  if ((asks === 'value' || asks === 'text') && answers.one.trim() === '') return 'Give a value.';
  if (asks === 'span' && !/^[1-9]\d{0,3}$/.test(answers.one.trim())) return 'Give a whole number, 1 or more.';
  const strange = strangeNumber(condition, type, answers);
  if (strange !== undefined) return `“${strange}” is not a number.`;
  const made = filterSchema.safeParse(condition.make(column, answers));
  return made.success ? made.data : 'This is not complete.';
}
