import { type Column, type TypeFamily, typeFamily } from './column.ts';

const byFamily: Partial<Record<TypeFamily, string>> = {
  integer: 'numeric',
  decimal: 'numeric',
  float: 'double precision',
  date: 'date',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  interval: 'interval',
  uuid: 'uuid',
};

/**
 * The type by which a column of `type` is compared with what a person wrote: without a precision that would round
 * or cut the written value, and `text` where the type has nothing better.
 */
export function comparedAs(type: string): string {
  const family = typeFamily(type);
  if (family === 'time') return type.replace(/\(\d+\)/, '');
  return byFamily[family] ?? 'text';
}

/** Says that columns are compared letter by letter, of those that are texts: their numbers are none. */
export function comparedAsTexts(columns: readonly Column[], names: readonly string[]): string | undefined {
  const texts = names.filter((name) =>
    columns.some((one) => one.name === name && typeFamily(one.type) === 'text'),
  );
  if (texts.length === 0) return undefined;
  const list = texts.map((name) => `\`${name}\``).join(' and ');
  return `${list} ${texts.length > 1 ? 'are texts' : 'is text'}, compared letter by letter: "10" comes before "9". For numbers, give the column a type of numbers.`;
}
