import { lexUnfinished, type SqlToken } from './sql-lexer.ts';

/** A `:name` in a query, for which a value is asked. */
export interface ParameterPlace {
  readonly name: string;
  readonly start: number;
  readonly stop: number;
}

const glued = (a: SqlToken | undefined, b: SqlToken) => a?.stop === b.start;

/** True for brackets around values, as in `array[[1, 2]]`; other brackets hold a place or a slice. */
function opensValues(text: string, before: SqlToken | undefined, within: boolean | undefined): boolean {
  if (!before) return false;
  const word = text.slice(before.start, before.stop).toLowerCase();
  return word === 'array' || (within === true && (word === '[' || word === ','));
}

/** Every `:name` of a text, in order. Casts (`::`), slices of arrays (`[1:n]`) and assignments (`:=`) are none. */
export function parameterPlaces(text: string): readonly ParameterPlace[] {
  const tokens = lexUnfinished(text);
  const brackets: boolean[] = [];
  let solid: SqlToken | undefined;
  return tokens.flatMap((token, at) => {
    if (token.kind === 'space' || token.kind === 'comment') return [];
    const last = solid;
    solid = token;
    if (text.charAt(token.start) === '[' && token.kind === 'open')
      brackets.push(opensValues(text, last, brackets.at(-1)));
    if (text.charAt(token.start) === ']' && token.kind === 'close') brackets.pop();
    if (brackets.at(-1) === false || token.kind !== 'sign' || text.charAt(token.start) !== ':') return [];
    const before = tokens[at - 1];
    const next = tokens[at + 1];
    if (next?.kind !== 'word' || !glued(token, next) || text.charAt(next.start) === '$') return [];
    if (glued(before, token) && before && text.charAt(before.start) === ':') return [];
    return [{ name: text.slice(next.start, next.stop), start: token.start, stop: next.stop }];
  });
}

/** A text with something else in the place of its parameters. */
export interface Substituted {
  readonly text: string;
  /** Where a place of it was in the text before. */
  readonly origin: (offset: number) => number;
}

/** Puts something in the place of every parameter; the same name gets the same. */
export function substitute(text: string, wordsFor: (name: string, number: number) => string): Substituted {
  const places = parameterPlaces(text);
  const names = [...new Set(places.map(({ name }) => name))];
  let made = '';
  let last = 0;
  const shifts: {
    readonly from: number;
    readonly to: number;
    readonly start: number;
    readonly stop: number;
  }[] = [];
  for (const { name, start, stop } of places) {
    made += text.slice(last, start);
    const value = wordsFor(name, names.indexOf(name) + 1);
    shifts.push({ from: made.length, to: made.length + value.length, start, stop });
    made += value;
    last = stop;
  }
  made += text.slice(last);
  const origin = (offset: number) => {
    const shift = shifts.findLast(({ from }) => from <= offset);
    if (!shift) return offset;
    return offset < shift.to ? shift.start : shift.stop + (offset - shift.to);
  };
  return { text: made, origin };
}

/** The names of a text's parameters, in the order in which they first stand. */
export const parameterNames = (text: string): readonly string[] => [
  ...new Set(parameterPlaces(text).map(({ name }) => name)),
];
