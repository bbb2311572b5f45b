import { open } from 'node:fs/promises';

const [LF, QUOTE, BACKSLASH, COMMA, COLON] = [10, 34, 92, 44, 58];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];
const isSpace = (byte: number | undefined) => byte === 32 || byte === LF || byte === 13 || byte === 9;

/** A list inside an object: the names on the way to it, joined by points, and where its bracket stands. */
export interface FoundList {
  readonly path: string;
  readonly depth: number;
  readonly offset: number;
  readonly line: number;
}

/** Follows the brackets of a JSON text and tells where lists stand that are members of objects. */
export class ListScanner {
  /** For each open object the name of its current member; null for a list. */
  readonly #names: (string | null)[];
  #inString = false;
  #escaped = false;
  #isName = false;
  #ended = false;
  #expectsName = false;
  #text: number[] = [];
  line: number;
  /** True where something follows the end of the outermost object. */
  overrun = false;

  /** `depth`: so many objects are open already. */
  constructor(depth = 0, line = 1) {
    this.#names = Array<string | null>(depth).fill('');
    this.line = line;
  }

  /** Objects and lists that are open. */
  get depth(): number {
    return this.#names.length;
  }

  /** Goes through some bytes, of which the first stands at `base`, until `found` says to stop. */
  scan(bytes: Uint8Array, base: number, found: (list: FoundList) => boolean): boolean {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (byte === LF) this.line++;
      if (this.#inString) this.#inside(byte);
      else if (byte === OPEN_LIST && this.#isMember() && found(this.#list(base + at))) return true;
      else this.#outside(byte);
    }
    return false;
  }

  #isMember(): boolean {
    return this.depth > 0 && !this.#names.includes(null);
  }

  #list(offset: number): FoundList {
    return { path: this.#names.join('.'), depth: this.depth, offset, line: this.line };
  }

  #inside(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) {
      this.#inString = false;
      if (this.#isName) this.#names[this.depth - 1] = nameOf(this.#text);
      return;
    }
    if (this.#isName) this.#text.push(byte);
  }

  #outside(byte: number): void {
    if (this.depth === 0 && this.#ended && !isSpace(byte)) this.overrun = true;
    if (byte === QUOTE) {
      this.#inString = true;
      this.#isName = this.#expectsName;
      this.#text = [];
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      this.#names.push(byte === OPEN_LIST ? null : '');
      this.#expectsName = byte === OPEN_OBJECT;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      this.#names.pop();
      this.#expectsName = false;
      this.#ended ||= this.depth === 0;
    } else if (byte === COMMA) this.#expectsName = this.#names.at(-1) !== null;
    else if (byte === COLON) this.#expectsName = false;
  }
}

function nameOf(bytes: readonly number[]): string {
  const text = Buffer.from(bytes).toString();
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

const deepest = 4;

/** Paths to lists of objects inside the object that a text begins with. */
export function listsIn(head: Buffer): string[] {
  const paths: string[] = [];
  new ListScanner().scan(head, 0, ({ path, depth, offset }) => {
    let next = offset + 1;
    while (isSpace(head[next])) next++;
    if (depth <= deepest && head[next] === OPEN_OBJECT && !paths.includes(path)) paths.push(path);
    return false;
  });
  return paths;
}

const pieceBytes = 1 << 20;

/** Looks for a list by its path; undefined where the file has none. */
export async function findList(path: string, from: number, wanted: string): Promise<FoundList | undefined> {
  const scanner = new ListScanner();
  const file = await open(path, 'r');
  let list: FoundList | undefined;
  try {
    for (let at = from; ; ) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes, at);
      const stopped = scanner.scan(buffer.subarray(0, bytesRead), at, (found) => {
        if (found.path === wanted) list = found;
        return list !== undefined;
      });
      at += bytesRead;
      if (stopped || bytesRead === 0) return list;
    }
  } finally {
    await file.close();
  }
}
