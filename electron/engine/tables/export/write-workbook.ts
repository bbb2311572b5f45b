import { type CellValue, cellText } from '../../../../shared/cell-text.ts';
import { type Column, typeFamily } from '../../../../shared/column.ts';
import { decodePage } from '../../../../shared/decode-page.ts';
import { count } from '../../../../shared/number-words.ts';
import { problem } from '../../../../shared/problem.ts';
import type { RowWriter } from './row-writers.ts';
import { sheetText } from './sheet-text.ts';

/** What a sheet, and the memory it is put together in, can hold. */
const limits = { rows: 1_048_575, cells: 3_000_000, text: 32_767 };
const dayMs = 86_400_000;
/** Excel counts days from 1900, and wrongly until March of it. */
const firstDay = -25_508;

type SheetCell =
  | { readonly value: string; readonly type: StringConstructor; readonly fontWeight?: 'bold' }
  | { readonly value: number; readonly type: NumberConstructor }
  | { readonly value: boolean; readonly type: BooleanConstructor }
  | { readonly value: Date; readonly type: DateConstructor; readonly format: string }
  | null;

/**
 * Collects rows and writes them as one sheet of a workbook. What Excel has no number or time for (over fifteen digits, microseconds) is
 * text; what a sheet cannot hold at all is refused, never cut.
 */
export async function workbookWriter(file: string, columns: readonly Column[]): Promise<RowWriter> {
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const head: SheetCell[] = columns.map(({ name }) => ({
    value: sheetText(name),
    type: String,
    fontWeight: 'bold',
  }));
  const rows: SheetCell[][] = [head];
  return {
    async add(bytes) {
      const page = decodePage(bytes);
      refuseTooMany(rows.length - 1 + page.rows, columns.length);
      for (let row = 0; row < page.rows; row++) {
        rows.push(columns.map((column, at) => sheetCell(page.cell(row, at), column)));
      }
    },
    async end() {
      await writeExcelFile(rows, { sheet: 'rows', stickyRowsCount: 1 }).toFile(file);
      return [];
    },
    drop: async () => {},
  };
}

function refuseTooMany(rows: number, columns: number): void {
  if (rows <= limits.rows && rows * columns <= limits.cells) return;
  throw problem('bad_input', `A sheet holds ${count(limits.rows)} rows; these are too many.`, {
    hint: 'Filter the rows, hide columns, or choose CSV or Parquet.',
  });
}

function sheetCell(value: CellValue, column: Column): SheetCell {
  if (value === null) return null;
  const family = typeFamily(column.type);
  const text = cellText(value, column.type);
  if (family === 'boolean') return { value: text === 'true', type: Boolean };
  if (family === 'date') return dateCell(Number(value), text);
  if (family === 'timestamp') return timeCell(BigInt(value), text);
  const isNumber = ['integer', 'decimal', 'float'].includes(family) && Number.isFinite(Number(text));
  // Excel keeps every float, and fifteen digits of what is exact.
  if (isNumber && (family === 'float' || text.replace(/\D/g, '').length <= 15))
    return { value: Number(text), type: Number };
  return textCell(text, column);
}

function textCell(text: string, { name }: Column): SheetCell {
  if (text.length <= limits.text) return { value: sheetText(text), type: String };
  throw problem(
    'bad_input',
    `A cell of "${name}" has ${text.length} characters; Excel holds ${limits.text}.`,
    {
      hint: 'Hide that column, or choose CSV or Parquet.',
      at: { column: name },
    },
  );
}

const inExcel = (day: number) => day >= firstDay && day < 2_932_897;

const dateCell = (day: number, text: string): SheetCell =>
  inExcel(day)
    ? { value: new Date(day * dayMs), type: Date, format: 'yyyy-mm-dd' }
    : { value: text, type: String };

const timeCell = (micros: bigint, text: string): SheetCell => {
  const ms = Number(micros / 1000n);
  if (micros % 1000n !== 0n || !inExcel(ms / dayMs)) return { value: text, type: String };
  const format = ms % 1000 === 0 ? 'yyyy-mm-dd hh:mm:ss' : 'yyyy-mm-dd hh:mm:ss.000';
  return { value: new Date(ms), type: Date, format };
};
