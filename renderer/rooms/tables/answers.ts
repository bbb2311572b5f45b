import { typeFamily } from '../../../shared/column.ts';
import { type Filter, filter as filterSchema } from '../../../shared/view/filters.ts';
import type { Condition } from './conditions.ts';
import { strangeValue } from './strange-value.ts';

/** What a person fills in for a condition. */
export interface Answers {
  readonly one: string;
  readonly two: string;
  /** Of several values those that no line can hold: null, the empty text, text of several lines. */
  readonly others: readonly (string | null)[];
  readonly ignoreCase: boolean;
  /** The ends themselves are left out. */
  readonly fromOpen: boolean;
  readonly toOpen: boolean;
}

/** What nobody has filled in yet. */
export const noAnswers: Answers = {
  one: '',
  two: '',
  others: [],
  ignoreCase: true,
  fromOpen: false,
  toOpen: false,
};

const isLine = (value: string | null): value is string => value !== null && /^[^\r\n]+$/.test(value);

/** The values that are chosen; an empty box alone is the empty text. */
export function valuesOf({ one, others }: Answers): readonly (string | null)[] {
  const written = one.split(/\r?\n/).filter((line) => line !== '');
  const all = [...others, ...written];
  return all.length === 0 ? [''] : [...new Set(all)];
}

/** The answers with one more value chosen, or one less; `rest` is what stays of the lines that are written. */
export function withTurned({ one, others }: Answers, value: string | null, rest = one): Partial<Answers> {
  const written = one.split(/\r?\n/);
  if (others.includes(value)) return { others: others.filter((other) => other !== value) };
  if (isLine(value) && written.includes(value))
    return { one: written.filter((line) => line !== value).join('\n') };
  if (!isLine(value)) return { others: [...others, value], one: rest };
  return { one: [...rest.split('\n').filter((line) => line !== ''), value].join('\n') };
}

/** The answers that a filter was made of. */
export function answersOf(filter: Filter | undefined): Answers {
  if (!filter) return noAnswers;
  switch (filter.kind) {
    case 'values':
      return {
        ...noAnswers,
        one: filter.values.filter(isLine).join('\n'),
        others: filter.values.filter((value) => !isLine(value)),
      };
    case 'range': {
      const { from, to, fromOpen, toOpen } = filter;
      const ends = from === undefined ? { one: to ?? '' } : { one: from, two: to ?? '' };
      return { ...noAnswers, ...ends, fromOpen, toOpen };
    }
    case 'matches':
      return { ...noAnswers, one: filter.pattern };
    case 'recent':
      return { ...noAnswers, one: String(filter.count), two: filter.unit };
    case 'filled':
      return noAnswers;
    default:
      return { ...noAnswers, one: filter.text, ignoreCase: filter.ignoreCase };
  }
}

/** The values that are held against those of a column. */
function comparedValues({ asks }: Condition, answers: Answers): readonly (string | null)[] {
  const { one, two } = answers;
  if (asks === 'values') return valuesOf(answers);
  return asks === 'value' ? [one] : asks === 'ends' ? [one, two] : [];
}

/** What is wrong with the first value that the column's type does not have. */
function strangeAmong(condition: Condition, type: string, answers: Answers): string | undefined {
  const faults = comparedValues(condition, answers).map((text) =>
    text === null ? undefined : strangeValue(text, type),
  );
  return faults.find((fault) => fault !== undefined);
}

/** Only in text do spaces around a value count. */
const trimmed = (answers: Answers): Answers => ({
  ...answers,
  one: answers.one.trim(),
  two: answers.two.trim(),
});

/** The filter on a column of a type, or what is missing; `before` itself where nothing of it was changed. */
export function filterOf(
  condition: Condition,
  column: string,
  type: string,
  given: Answers,
  before?: Filter,
): Filter | string {
  if (before && before.column === column && condition.is(before) && sameAnswers(given, answersOf(before)))
    return before;
  const { asks } = condition;
  const keepsSpaces = asks === 'values' || asks === 'text' || typeFamily(type) === 'text';
  const answers = keepsSpaces ? given : trimmed(given);
  if (asks === 'ends' && (answers.one === '' || answers.two === '')) return 'Give both ends.';
  if ((asks === 'value' || asks === 'text') && answers.one === '') return 'Give a value.';
  if (asks === 'span' && !/^[1-9]\d{0,3}$/.test(answers.one)) return 'Give a whole number, 1 or more.';
  const strange = strangeAmong(condition, type, answers);
  if (strange !== undefined) return strange;
  const made = filterSchema.safeParse(condition.make(column, answers));
  return made.success ? made.data : 'This is not complete.';
}

const sameAnswers = (one: Answers, other: Answers) => JSON.stringify(one) === JSON.stringify(other);
