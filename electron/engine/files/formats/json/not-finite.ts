import { LosslessNumber, parse } from 'lossless-json';

/** A number for which JSON has no word, though many programs write one: NaN, Infinity or -Infinity. */
export class NotFinite {
  readonly #word: string;

  constructor(word: string) {
    this.#word = word;
  }

  toString(): string {
    return this.#word;
  }

  /** Inside lists and objects it is a text, as JSON has no such number. */
  toJSON(): string {
    return this.#word;
  }
}

type Options = { readonly onDuplicateKey?: (duplicate: { readonly key: string }) => never };

/** True for a text in which such a word may stand. */
export const mayBeNotFinite = (text: string): boolean => text.includes('NaN') || text.includes('Infinity');

/** Reads JSON to the last digit; NaN and Infinity are read as well, where they stand bare. */
export function parseJson(text: string, options: Options = {}): unknown {
  const marks = mayBeNotFinite(text) ? marksFor(text) : undefined;
  if (!marks) return parse(text, null, options);
  const { NaN: nothing, Infinity: endless } = marks;
  const meant = new Map([
    [nothing, 'NaN'],
    [`-${nothing}`, 'NaN'],
    [endless, 'Infinity'],
    [`-${endless}`, '-Infinity'],
  ]);
  return parse(withMarks(text, marks), null, {
    ...options,
    parseNumber: (digits) => {
      const word = meant.get(digits);
      return word === undefined ? new LosslessNumber(digits) : new NotFinite(word);
    },
  });
}

/** True where a value has such a number anywhere in it. */
export function holdsNotFinite(value: unknown): boolean {
  if (value instanceof NotFinite) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsNotFinite);
}

type Marks = Readonly<Record<'NaN' | 'Infinity', string>>;

const numerals = Array.from({ length: 100 }, (_, n) => `${Math.floor(n / 10)}e${n % 10}`);

/** Numbers as long as the words, so that places in the text stay right, that stand nowhere in it. */
function marksFor(text: string): Marks | undefined {
  const nothing = numerals.find((numeral) => !text.includes(numeral));
  const endless = numerals.map((numeral) => `${numeral}00000`).find((numeral) => !text.includes(numeral));
  return nothing !== undefined && endless !== undefined ? { NaN: nothing, Infinity: endless } : undefined;
}

const bare = /(?<![\w.+])(?:NaN|Infinity)(?![\w.+-])/y;

/** The text with a mark for each of the words that stands outside of quotes. */
function withMarks(text: string, marks: Marks): string {
  let written = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') at = closing(text, at + 1);
    if (text[at] !== 'N' && text[at] !== 'I') continue;
    bare.lastIndex = at;
    const word = bare.exec(text)?.[0] as keyof Marks | undefined;
    if (!word) continue;
    written += text.slice(from, at) + marks[word];
    from = at + word.length;
    at = from - 1;
  }
  return written + text.slice(from);
}

function closing(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
