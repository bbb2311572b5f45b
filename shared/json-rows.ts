import { type CellValue, cellText } from './cell-text.ts';
import { typeFamily } from './column.ts';
import { distinctNames } from './column-names.ts';
import type { DecodedPage } from './decode-page.ts';

/** Rows as JSON objects: integers beyond 2^53, numerics and what JSON has no word for as text, JSON values as they are. */
export function jsonRows(page: DecodedPage): Record<string, unknown>[] {
  const keys = distinctNames(page.columns.map(({ name }) => name));
  return Array.from({ length: page.rows }, (_, row) =>
    Object.fromEntries(
      page.columns.map(({ type }, column) => [keys[column], jsonValue(page.cell(row, column), type)]),
    ),
  );
}

function jsonValue(value: CellValue, type: string): unknown {
  if (value === null) return null;
  const text = cellText(value, type);
  switch (typeFamily(type)) {
    case 'integer':
      return Number.isSafeInteger(Number(text)) ? Number(text) : text;
    case 'float':
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case 'boolean':
      return text === 'true';
    case 'json':
      return exactJson(text);
    default:
      return text;
  }
}

/** JSON whose numbers JavaScript cannot hold stays text. */
function exactJson(text: string): unknown {
  const exact = !/\d{16}/.test(text);
  return exact ? JSON.parse(text) : text;
}
