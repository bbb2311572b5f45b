import { count } from '../../../../../shared/number-words.ts';
import { problem } from '../../../../../shared/problem.ts';
import { type FoundList, ListScanner } from './lists.ts';

/** How JSON values follow one another: a value a line, one after another, or as the elements of one list. */
export type Sequence = 'lines' | 'values' | 'array';

/** Where a value stands in the buffer, and the physical line it starts on. */
export interface ValueSpan {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Its place on that line, from 1. */
  readonly position: number;
}

/** No value is longer. */
const longestValue = 128 << 20;

const [LF, QUOTE, BACKSLASH, COMMA] = [10, 34, 92, 44];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];
const isSpace = (byte: number | undefined) => byte === 32 || byte === LF || byte === 13 || byte === 9;

/** Cuts a file's bytes into its top-level values; the values themselves are not looked into. */
export class ValueSplitter {
  readonly #sequence: Sequence;
  readonly #name: string;
  #line = 1;
  /** How far into the file the buffer begins, and where the line does. */
  #base = 0;
  #lineStart = 0;
  /** Of a list: what must come next. */
  #next: 'open' | 'first' | 'value' | 'separator' | 'nothing';

  /** What follows a list inside an object. */
  readonly #rest: ListScanner | undefined;

  /** `within`: the list is a member of an object. */
  constructor(sequence: Sequence, name: string, within?: FoundList) {
    this.#sequence = sequence;
    this.#name = name;
    this.#rest = within ? new ListScanner(within.depth) : undefined;
    if (within) this.#line = within.line;
    this.#next = sequence === 'array' ? 'open' : 'value';
  }

  /** True where a list has been closed. */
  get closed(): boolean {
    const open = this.#rest !== undefined && this.#rest.depth > 0;
    return (this.#sequence !== 'array' || this.#next === 'nothing') && !open;
  }

  get line(): number {
    return this.#line;
  }

  /** Hands every whole value to `value`; returns how many bytes are done with. `last`: nothing follows. */
  split(buffer: Buffer, last: boolean, value: (span: ValueSpan) => void): number {
    const lines = this.#sequence === 'lines';
    const used = lines ? this.#splitLines(buffer, last, value) : this.#splitValues(buffer, last, value);
    this.#base += used;
    return used;
  }

  #splitLines(buffer: Buffer, last: boolean, value: (span: ValueSpan) => void): number {
    let at = 0;
    while (at < buffer.length) {
      const found = buffer.indexOf(LF, at);
      if (found < 0 && !last) return this.#unfinished(buffer, at);
      const end = found < 0 ? buffer.length : found;
      value({ start: at, end, line: this.#line, position: 1 });
      this.#line++;
      at = end + 1;
    }
    return buffer.length;
  }

  #splitValues(buffer: Buffer, last: boolean, value: (span: ValueSpan) => void): number {
    let at = 0;
    for (;;) {
      if (this.#rest && this.#next === 'nothing') return this.#passRest(buffer, at);
      at = this.#skipSpace(buffer, at);
      if (at >= buffer.length) return at;
      const byte = buffer[at] as number;
      if (isComment(String.fromCharCode(byte, buffer[at + 1] ?? 0))) throw this.#fault(at, commentHere);
      if (this.#sequence === 'array' && this.#punctuation(byte, at)) {
        at++;
        continue;
      }
      const end = endOfValue(buffer, at);
      if (end < 0 || (end === buffer.length && !last && !isClosing(buffer[end - 1]))) {
        if (last) throw this.#fault(at, 'a value that begins here is not complete');
        return this.#unfinished(buffer, at);
      }
      if (end === at) throw this.#fault(at, `“${String.fromCharCode(byte)}” is not the beginning of a value`);
      value({ start: at, end, line: this.#line, position: this.#position(at) });
      for (let place = at; place < end; place++) if (buffer[place] === LF) this.#newLine(place);
      at = end;
      if (this.#sequence === 'array') this.#next = 'separator';
    }
  }

  /** Other members of the object that the list is in are not looked into. */
  #passRest(buffer: Buffer, at: number): number {
    const rest = this.#rest as ListScanner;
    rest.scan(buffer.subarray(at), 0, () => false);
    if (rest.overrun) throw this.#fault(at, 'something follows the end of the object');
    return buffer.length;
  }

  #newLine(at: number): void {
    this.#line++;
    this.#lineStart = this.#base + at + 1;
  }

  #position(at: number): number {
    return this.#base + at - this.#lineStart + 1;
  }

  #skipSpace(buffer: Buffer, from: number): number {
    let at = from;
    for (; isSpace(buffer[at]); at++) if (buffer[at] === LF) this.#newLine(at);
    return at;
  }

  /** Takes a bracket or comma of the list; false where a value begins. */
  #punctuation(byte: number, at: number): boolean {
    const next = this.#next;
    if (next === 'open' && byte === OPEN_LIST) this.#next = 'first';
    else if (next === 'first' && byte === CLOSE_LIST) this.#next = 'nothing';
    else if (next === 'separator' && byte === CLOSE_LIST) this.#next = 'nothing';
    else if (next === 'separator' && byte === COMMA) this.#next = 'value';
    else if (next === 'first' || next === 'value') return false;
    else
      throw this.#fault(
        at,
        next === 'nothing' ? 'something follows the end of the list' : 'a comma is missing',
      );
    return true;
  }

  #unfinished(buffer: Buffer, at: number): number {
    if (buffer.length - at <= longestValue) return at;
    throw this.#fault(at, `a value that begins here is longer than ${longestValue >> 20} MB`);
  }

  #fault(at: number, said: string) {
    return jsonFault(this.#name, said, this.#line, this.#position(at));
  }
}

/** Why JSON with a comment cannot be read. */
export const commentHere = 'a comment stands here, and JSON has none';

/** True where a comment of JavaScript's begins. */
export const isComment = (text: string): boolean => /^\/[/*]/.test(text);

/** The Problem of JSON that cannot be read at a place. */
export const jsonFault = (name: string, said: string, line: number, position: number) =>
  problem('bad_input', `${name} is not valid JSON: line ${count(line)}, position ${position}: ${said}.`, {
    hint:
      said === commentHere
        ? 'Take out what begins with // or stands between /* and */. Nothing was imported.'
        : 'Nothing was imported. Mend the file, or write it again.',
    at: { line, position },
  });

const isClosing = (byte: number | undefined) =>
  byte === CLOSE_LIST || byte === CLOSE_OBJECT || byte === QUOTE;

/** After the last byte of the value that begins here; -1 where the buffer ends first. */
function endOfValue(buffer: Buffer, from: number): number {
  const first = buffer[from];
  if (first === QUOTE) return endOfString(buffer, from);
  if (first !== OPEN_OBJECT && first !== OPEN_LIST) return endOfWord(buffer, from);
  let depth = 0;
  for (let at = from; at < buffer.length; at++) {
    const byte = buffer[at];
    if (byte === QUOTE) {
      const end = endOfString(buffer, at);
      if (end < 0) return -1;
      at = end - 1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
    else if ((byte === CLOSE_OBJECT || byte === CLOSE_LIST) && --depth === 0) return at + 1;
  }
  return -1;
}

function endOfString(buffer: Buffer, from: number): number {
  for (let at = from + 1; ; at++) {
    at = buffer.indexOf(QUOTE, at);
    if (at < 0) return -1;
    let slashes = 0;
    while (buffer[at - 1 - slashes] === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
}

function endOfWord(buffer: Buffer, from: number): number {
  let at = from;
  while (at < buffer.length && /[-+.\w]/.test(String.fromCharCode(buffer[at] as number))) at++;
  return at;
}
