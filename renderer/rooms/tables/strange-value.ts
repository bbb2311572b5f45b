import { typeFamily } from '../../../shared/column.ts';

const isNumber = (text: string) =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) || /^([+-]?inf(inity)?|nan)$/i.test(text);

const isTruth = (text: string) =>
  /^(t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|off?|1|0)$/i.test(text);

const isUuid = (text: string) =>
  /^([\da-f]{4}-?){7}[\da-f]{4}$/i.test(text.startsWith('{') ? text.replace(/^\{(.*)\}$/, '$1') : text);

const words = /^(today|tomorrow|yesterday|now|epoch|allballs|[+-]?infinity)$/i;

/** False of a day that no month has, where year, month and day are written in this order. */
function hasDay(text: string): boolean {
  const [, year, month, day] = (/^(\d{4,})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || /bc/i.test(text)) return true;
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= days;
}

/** False of an hour that no day has. */
function hasTime(text: string): boolean {
  const [, hour = 0, minute = 0] = (/(?<![\d:.+-])(\d+):(\d+)/.exec(text) ?? []).map(Number);
  return minute < 60 && (hour < 24 || (hour === 24 && minute === 0));
}

/** There are many ways to write a moment: what is certainly none is told apart. */
const maybeMoment = (text: string) =>
  /\d/.test(text) ? hasDay(text) && hasTime(text) : text.split(/\s+/).every((word) => words.test(word));

const kinds: Readonly<Record<string, readonly [is: (text: string) => boolean, name: string]>> = {
  integer: [isNumber, 'a number'],
  decimal: [isNumber, 'a number'],
  float: [isNumber, 'a number'],
  boolean: [isTruth, 'true or false'],
  uuid: [isUuid, 'a UUID'],
  date: [maybeMoment, 'a date'],
  time: [maybeMoment, 'a time'],
  timestamp: [maybeMoment, 'a date and time'],
  timestamptz: [maybeMoment, 'a date and time'],
};

/** What is wrong with a value that is held against a column of a type; nothing where PostgreSQL may read it. */
export function strangeValue(text: string, type: string): string | undefined {
  const [is, name] = kinds[typeFamily(type)] ?? [];
  return is === undefined || is(text.trim()) ? undefined : `“${text}” is not ${name}.`;
}
