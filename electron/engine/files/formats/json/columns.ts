import { stringify } from 'lossless-json';
import { count } from '../../../../../shared/number-words.ts';
import { problem } from '../../../../../shared/problem.ts';
import type { KnownColumn } from '../../table/file-table.ts';
import type { Leaf, ValueKind } from './flatten.ts';
import { holdsNotFinite, NotFinite } from './not-finite.ts';

interface SeenColumn {
  readonly path: readonly string[];
  readonly kinds: Map<ValueKind, number>;
  /** NaN or Infinity among its values. */
  notFinite: boolean;
  /** Numbers of which floating point does not keep every digit. */
  wide: boolean;
}

const mostColumns = 10_000;
const keyOf = (path: readonly string[]) => path.join('\0');

/** The columns that the records of a file call for, gathered as they come. */
export class JsonColumns {
  readonly #places = new Map<string, number>();
  readonly #seen: SeenColumn[] = [];
  readonly #empty = new Map<string, readonly string[]>();
  readonly #asJson: ReadonlySet<string>;
  readonly #name: string;
  /** Lists and objects in which NaN or Infinity became a text. */
  notFiniteInside = 0;

  /** `asJson`: columns in which text is written as JSON writes it, because other cells are lists or objects. */
  constructor(name: string, asJson: ReadonlySet<string> = new Set()) {
    this.#name = name;
    this.#asJson = asJson;
  }

  /** A record's cells in the order of the columns. `odd`: NaN or Infinity may be among them. */
  cells(leaves: readonly Leaf[], odd = false): (string | null)[] {
    const cells: (string | null)[] = Array(this.#seen.length).fill(null);
    for (const { path, kind, value } of leaves) {
      const key = keyOf(path);
      if (value === null) this.#empty.set(key, path);
      else {
        const place = this.#place(key, path, kind);
        if (odd && kind === 'json' && holdsNotFinite(value)) this.notFiniteInside++;
        const text = this.#text(key, kind, value);
        if (kind === 'number') noteNumber(this.#seen[place] as SeenColumn, value, text);
        cells[place] = text;
      }
    }
    return Array.from(cells, (cell) => cell ?? null);
  }

  #place(key: string, path: readonly string[], kind: ValueKind): number {
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.#seen.length;
      this.#places.set(key, place);
      this.#seen.push({ path, kinds: new Map(), notFinite: false, wide: false });
      if (place > mostColumns) throw tooMany(this.#name);
    }
    const { kinds } = this.#seen[place] as SeenColumn;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    return place;
  }

  #text(key: string, kind: ValueKind, value: unknown): string {
    if (kind === 'json' || this.#asJson.has(key)) return stringify(value) ?? '';
    return String(value);
  }

  /** Columns that hold both text and lists or objects, for a second reading. */
  mixed(): Set<string> {
    const mixed = this.#seen.filter(({ kinds }) => kinds.has('json') && kinds.size > 1);
    return new Set(mixed.map(({ path }) => keyOf(path)).filter((key) => !this.#asJson.has(key)));
  }

  /** Names and what the file says of each; members that never have a value come last. */
  described(): { names: string[]; known: (KnownColumn | undefined)[] } {
    const prefixes = new Set(
      this.#seen.flatMap(({ path }) => path.map((_, at) => keyOf(path.slice(0, at + 1)))),
    );
    const empty = [...this.#empty].filter(([key]) => !prefixes.has(key)).map(([, path]) => path);
    return {
      names: [...this.#seen.map(({ path }) => path), ...empty].map((path) => path.join('.')),
      known: [...this.#seen.map(knownOf), ...empty.map(() => undefined)],
    };
  }
}

const shortest = 15;

function noteNumber(column: SeenColumn, value: unknown, text: string): void {
  if (value instanceof NotFinite) column.notFinite = true;
  else if (text.length > shortest || /[eE]/.test(text)) column.wide ||= isWide(text);
}

/** True for a number that floating point does not give back as it was: whole ones beyond 2^53 may be rounded. */
const isWide = (text: string): boolean =>
  /^-?\d+$/.test(text)
    ? !Number.isSafeInteger(Number(text))
    : !Number.isFinite(Number(text)) || digitsOf(String(Number(text))) !== digitsOf(text);

/** The digits that count, without zeros around them. */
const digitsOf = (text: string): string =>
  text
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+|0+$/g, '');

function knownOf({ kinds, notFinite, wide }: SeenColumn): KnownColumn | undefined {
  if (kinds.has('json')) {
    return {
      type: 'jsonb',
      reason: kinds.size > 1 ? 'lists or objects beside other values' : 'lists or objects in the file',
    };
  }
  if (notFinite) return withNotFinite(kinds.size === 1, wide);
  if (kinds.size === 1 && kinds.has('text'))
    return { words: true, reason: 'all values are text in the file, in quotes' };
  if (kinds.size === 1 && kinds.has('number'))
    return { numbers: true, reason: 'all values are numbers in the file' };
  return undefined;
}

/** A column of numbers with NaN or Infinity among them; beside other values these are words. */
function withNotFinite(onlyNumbers: boolean, wide: boolean): KnownColumn {
  if (!onlyNumbers) return { type: 'text', reason: 'NaN or Infinity beside other values than numbers' };
  const reason = 'numbers, NaN or Infinity among them';
  return wide
    ? { type: 'numeric', numbers: true, reason: `${reason}; some have more digits than floating point keeps` }
    : { type: 'double precision', numbers: true, reason };
}

const tooMany = (name: string) =>
  problem('bad_input', `${name} calls for more than ${count(mostColumns)} columns.`, {
    hint: 'Its objects have very many names. Keep nested objects as JSON instead of a column each.',
  });
