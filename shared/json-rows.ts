import { type CellValue, cellText } from './cell-text.ts';
import { typeFamily } from './column.ts';
import { distinctNames } from './column-names.ts';
import type { DecodedPage } from './decode-page.ts';
import { RawJson } from './json-text.ts';

/**
 * Rows as JSON objects, to be written by jsonText: integers beyond 2^53, numerics and what JSON has no word for as text, JSON values
 * as they are.
 */
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

/** JSON that JavaScript would write otherwise (1.0, 1e400, a key twice) stays as it was written. */
function exactJson(text: string): unknown {
  const raw = new RawJson(text);
  const value: unknown = JSON.parse(text);
  return JSON.stringify(value) === raw.text ? value : raw;
}
