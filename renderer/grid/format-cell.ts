import { type CellValue, cellText } from '../../shared/cell-text.ts';
import { isNumeric, typeFamily } from '../../shared/column.ts';

/** A cell as the grid draws it. */
export interface FormattedCell {
  readonly text: string;
  readonly look: 'value' | 'null' | 'empty' | 'faint';
}

const longest = 300;
const nothing: FormattedCell = { text: 'null', look: 'null' };
const empty: FormattedCell = { text: '""', look: 'empty' };

/** The one place where a cell becomes what is seen: one line, cut where it is longer than any cell is wide. */
export function formatCell(value: CellValue, type: string): FormattedCell {
  if (value === null) return nothing;
  if (value === '') return empty;
  const text = cellText(value, type);
  if (typeFamily(type) === 'vector') return { text: shortVector(text), look: 'faint' };
  return { text: oneLine(text), look: 'value' };
}

/** True for columns whose cells stand at the right. */
export const atRight = isNumeric;

function oneLine(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return /[\n\r\t]/.test(cut) ? cut.replace(/\r?\n|\r/g, '↵').replaceAll('\t', '→') : cut;
}

function shortVector(text: string): string {
  const numbers = text.slice(1, -1).split(',');
  if (numbers.length <= 4) return text;
  const few = numbers.slice(0, 3).map((part) => Number(part).toFixed(3));
  return `[${few.join(', ')}, … ${numbers.length}]`;
}
