import { parseJson } from './not-finite.ts';
import type { Sequence } from './split-values.ts';

const looked = 20;

function isValue(line: string): boolean {
  try {
    parseJson(line);
    return true;
  } catch {
    return false;
  }
}

/** JSON has no comments; what stands behind them tells that a file is meant to be JSON all the same. */
const withoutComments = (head: string): string =>
  head.replace(/^(\s*(\/\/[^\n]*(\n|$)|\/\*[\s\S]*?\*\/))+/, '');

/** How the values of a file follow one another, by its first lines. `cut`: more follows. */
export function sequenceOf(text: string, cut: boolean): Sequence {
  const head = withoutComments(text);
  const lines = head.split('\n').map((line) => line.trim());
  const whole = (cut ? lines.slice(0, -1) : lines).filter((line) => line !== '').slice(0, looked);
  const [first = '', second = ''] = whole;
  if (head.trimStart().startsWith('[')) return /^[{[]/.test(second) && isValue(first) ? 'lines' : 'array';
  if (whole.length === 0) return 'lines';
  const good = whole.filter((line) => /^[{[]/.test(line) && isValue(line)).length;
  return good * 2 >= whole.length || (good > 0 && isValue(first)) ? 'lines' : 'values';
}

/** True where a text is, as far as it is seen, one object and not several. */
export function isOneObject(head: string, sequence: Sequence): boolean {
  const lines = head.split('\n').filter((line) => line.trim() !== '');
  return head.trimStart().startsWith('{') && (sequence === 'values' || lines.length <= 1);
}

const beginning =
  /^\s*(\{\s*("|\}|$)|\[\s*(\{|\[|\]|"|-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?\s*([,\]]|$)|-?Infinity\b|NaN\b|true\b|false\b|null\b|$))/;
/** A short list with more text behind it on the line, such as `[1] 0.5 0.7` or `[9,2],x`: brackets of another writing. */
const goesOn = /^\s*\[[^[\]{}"\n]*\][^\S\r\n]*\S/;

/** True where a text begins as JSON does. */
export function beginsAsJson(text: string): boolean {
  const head = withoutComments(text);
  return beginning.test(head) && !goesOn.test(head) && (head === text || head.trim() !== '');
}
