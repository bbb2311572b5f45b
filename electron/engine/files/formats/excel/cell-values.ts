import type { NumberMeaning } from './number-formats.ts';
import { dateOf, durationOf, timeOf, timestampOf } from './serial-dates.ts';
import { unescaped } from './shared-texts.ts';

/** What a cell holds, to Excel. */
export type CellKind = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'time' | 'duration' | 'error';

/** A cell as it will be written; of an error `text` says what is wrong. */
export interface Cell {
  readonly kind: CellKind;
  readonly text: string;
  /** An error, because the program that wrote the workbook did not reckon its formulas. */
  readonly unstored?: boolean;
}

/** A cell as it stands in the sheet. */
export interface RawCell {
  readonly column: number;
  readonly address: string;
  readonly type: string;
  readonly style: number;
  readonly formula: boolean;
  /** Undefined where there is none. */
  readonly value: string | undefined;
}

/** What must be known of the workbook to read its cells. */
export interface CellBook {
  readonly texts: readonly string[];
  readonly meanings: readonly NumberMeaning[];
  readonly from1904: boolean;
}

/** A cell's value; undefined for an empty cell. */
export function cellOf(raw: RawCell, book: CellBook): Cell | undefined {
  const { type, value, address, formula } = raw;
  if (value === undefined || (value === '' && type !== 'str' && type !== 'inlineStr')) {
    return formula
      ? { kind: 'error', text: `The formula in ${address} has no stored value.`, unstored: true }
      : undefined;
  }
  if (type === 'e') return { kind: 'error', text: `${address} holds the error ${value}.` };
  if (type === 'b') return { kind: 'boolean', text: value === '1' || value === 'true' ? 'true' : 'false' };
  if (type === 's') return textCell(book.texts[Number(value)] ?? '', address);
  if (type === 'str' || type === 'inlineStr') return textCell(unescaped(value), address);
  if (type === 'd')
    return { kind: value.length > 10 ? 'datetime' : 'date', text: value.replace('T', ' ').replace(/Z$/, '') };
  return numberCell(value, raw, book);
}

/** An empty text is an empty cell: Excel shows no difference. */
function textCell(text: string, address: string): Cell | undefined {
  if (text === '') return undefined;
  return text.includes('\0')
    ? { kind: 'error', text: `${address} holds a NUL character.` }
    : { kind: 'text', text };
}

function numberCell(value: string, { style, address }: RawCell, { meanings, from1904 }: CellBook): Cell {
  const number = Number(value);
  if (!Number.isFinite(number))
    return { kind: 'error', text: `${address} holds “${value}”, which is no number.` };
  const meaning = meanings[style] ?? 'number';
  const digits = /^digits(\d+)$/.exec(meaning)?.[1];
  if (digits !== undefined && /^\d+$/.test(value))
    return { kind: 'text', text: value.padStart(Number(digits), '0') };
  // Other programs write more digits than Excel keeps.
  if (meaning === 'number' || digits !== undefined)
    return { kind: 'number', text: /^-?[1-9]\d{15,}$/.test(value) ? value : String(number) };
  if (meaning === 'duration') return { kind: 'duration', text: durationOf(number) };
  if (meaning === 'time' && number >= 0 && number < 1) return { kind: 'time', text: timeOf(number) };
  const day = meaning === 'date' ? dateOf(number, from1904) : undefined;
  if (day !== undefined) return { kind: 'date', text: day };
  const moment = timestampOf(number, from1904);
  if (moment !== undefined) return { kind: 'datetime', text: moment };
  return { kind: 'error', text: `${address} is shown as a date, but ${value} is none.` };
}
