export type Cell = string | number | boolean | null;

/** A file to be written: rows are objects, columns say how each is read off. */
export interface CsvTable<Row = object> {
  readonly file: string;
  readonly columns: readonly (readonly [name: string, cell: (row: Row) => Cell])[];
  readonly rows: readonly Row[];
  /** Lines written as they stand, each after so many rows: what an import must refuse. */
  readonly rawLines?: readonly { readonly after: number; readonly text: string }[];
}

export interface CsvText {
  readonly text: string;
  /** The line of the file on which each row begins; the header is line 1. */
  readonly lineOf: ReadonlyMap<object, number>;
  /** The lines of `rawLines`, in their order. */
  readonly rawLineNumbers: readonly number[];
}

/** A null is nothing at all; an empty text is a pair of quotes. */
function written(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** UTF-8, RFC 4180, lines ended by \n, header first. */
export function writeCsv<Row extends object>({ columns, rows, rawLines = [] }: CsvTable<Row>): CsvText {
  const lines: string[] = [columns.map(([name]) => written(name)).join(',')];
  const lineOf = new Map<object, number>();
  const rawLineNumbers: number[] = [];
  let line = 2;
  const put = (text: string) => {
    lines.push(text);
    line += text.split('\n').length;
  };
  const putRaw = (after: number) => {
    for (const raw of rawLines.filter((one) => one.after === after)) {
      rawLineNumbers.push(line);
      put(raw.text);
    }
  };
  putRaw(0);
  rows.forEach((row, index) => {
    lineOf.set(row, line);
    put(columns.map(([, cell]) => written(cell(row))).join(','));
    putRaw(index + 1);
  });
  return { text: `${lines.join('\n')}\n`, lineOf, rawLineNumbers };
}
