import { type Data, Type, tableFromIPC, type Vector } from 'apache-arrow';
import type { CellValue } from './cell-text.ts';
import { type Column, rowColumn } from './column.ts';

/** Rows that are here, decoded cell by cell as they are looked at. */
export interface DecodedPage {
  /** `_row` left out, where it was not asked for. */
  readonly columns: readonly Column[];
  readonly rows: number;
  cell(row: number, column: number): CellValue;
  /** The row's `_row`, where the page has it. */
  address(row: number): number | undefined;
}

type Reader = (row: number) => CellValue;

/** The one place where Arrow bytes become cells; `_row` is a column among others where that is asked for. */
export function decodePage(bytes: Uint8Array, withRow = false): DecodedPage {
  const table = tableFromIPC(bytes);
  const all = table.schema.fields.map((field, at) => ({
    name: field.metadata.get('name') ?? field.name,
    type: field.metadata.get('pg') ?? 'text',
    read: readerOf(table.getChildAt(at) as Vector),
  }));
  const shown = all.filter(({ name }) => withRow || name !== rowColumn);
  const address = all.find(({ name }) => name === rowColumn)?.read;
  return {
    columns: shown.map(({ name, type }) => ({ name, type })),
    rows: table.numRows,
    cell: (row, column) => shown[column]?.read(row) ?? null,
    address: (row) => (address ? Number(address(row)) : undefined),
  };
}

function readerOf(vector: Vector): Reader {
  const [first, ...others] = vector.data;
  if (!first) return () => null;
  if (others.length === 0) return readerOfData(first, vector);
  const readers = vector.data.map((data) => ({ length: data.length, read: rawReader(data) }));
  return (row) => {
    let left = row;
    for (const { length, read } of readers) {
      if (left < length) return read ? read(left) : (vector.get(row) as CellValue);
      left -= length;
    }
    return null;
  };
}

const readerOfData = (data: Data, vector: Vector): Reader =>
  rawReader(data) ?? ((row) => vector.get(row) as CellValue);

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Arrow's own getter takes a U+FEFF that a text begins with for a mark of its encoding, and leaves it out. */
function textReader(data: Data): Reader {
  const ends = data.valueOffsets as Int32Array;
  const bytes = data.values as Uint8Array;
  return (row) => (data.getValid(row) ? utf8.decode(bytes.subarray(ends[row], ends[row + 1])) : null);
}

/** Times are read as they are stored, because Arrow's own getter gives milliseconds and loses the rest. */
function rawReader(data: Data): Reader | undefined {
  if (data.typeId === Type.Utf8) return textReader(data);
  if (data.typeId === Type.Bool) return undefined;
  const values = data.values as ArrayLike<number | bigint>;
  if (data.nullCount === 0) return (row) => values[row] ?? null;
  return (row) => (data.getValid(row) ? (values[row] ?? null) : null);
}
