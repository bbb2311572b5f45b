import { names, rows } from './source-table.ts';
import { type Style, writeRow, writeTable } from './write-table.ts';

/**
 * A polluted file and what is in it. The kinds are those of Vitagliano et al., "Pollock: A Data Loading Benchmark"
 * (VLDB 2023): of files, of the numbers of delimiters, and of structural characters, and those that its earlier
 * generator had; the original has one file for each place in the table, here are places at both ends and in the middle.
 */
export interface Polluted {
  readonly name: string;
  readonly file: string;
  readonly bytes: Buffer;
  readonly header: readonly string[] | null;
  readonly rows: readonly (readonly string[])[];
  /**
   * A line that says less than the clean row, so that no reader can know its cells: where a delimiter is missing, which
   * two cells are one? Pollock's measure wants them as they were. We ask that nothing is made up and nothing is lost:
   * the row is among the rejects, with its line as it stands, or in the table cell for cell.
   */
  readonly unclear?: { readonly row: readonly string[]; readonly raw: string };
  /** What must be said of a file that cannot be loaded. */
  readonly refused?: RegExp;
  /** Why we do not get it right, where we know. */
  readonly known?: string;
}

type Row = readonly string[];

const table = [names, ...rows];
const file = (name: string, text: string | Buffer, more: Partial<Polluted> = {}): Polluted => ({
  name,
  file: `${name}.csv`,
  bytes: Buffer.from(text as string),
  header: names,
  rows,
  ...more,
});

const written = (name: string, style: Style) => file(name, writeTable(table, style));
const places = [1, 2, 20, 40];

/** The table with one line written otherwise. */
function withLine(at: number, line: string, newline = '\r\n'): string {
  const end = (index: number) => (index === at && newline !== '\r\n' ? newline : '\r\n');
  return table.map((row, index) => (index === at ? line : writeRow(row)) + end(index)).join('');
}

function unclear(name: string, at: number, line: string): Polluted {
  if (at === 0) return file(name, withLine(at, line));
  const rest = rows.filter((_, index) => index !== at - 1);
  return file(name, withLine(at, line), { rows: rest, unclear: { row: rows[at - 1] as Row, raw: line } });
}

const cells = (row: Row) =>
  row.map((cell, at) => writeRow([cell], { quoteAlso: () => at === 6 || at === 7 }));

const note = (text: string, delimited: boolean) => (delimited ? `${text}${','.repeat(8)}` : text);

function notes(): Polluted[] {
  return [true, false].flatMap((delimited) =>
    [true, false].flatMap((empty) => {
      const kind = `${delimited ? '' : 'not_'}delimited${empty ? '_empty_row' : ''}`;
      const line = (word: string) => `${note(word, delimited)}\r\n`;
      const gap = empty ? `${note('', delimited)}\r\n` : '';
      return [
        file(`file_preamble_3_${kind}`, line('PREAMBLE').repeat(3) + gap + writeTable(table)),
        file(`file_footnote_3_${kind}`, writeTable(table) + gap + line('FOOTNOTE').repeat(3)),
      ];
    }),
  );
}

/** Two tables in one file: the first is the larger one. Of the second, no row may get in among the first one's. */
function tables(): Polluted[] {
  const second = table.slice(0, 15);
  const cut: Record<string, readonly Row[]> = {
    less: second.map((row) => row.slice(0, 7)),
    more: second.map((row, at) => [...row, at === 0 ? 'col1' : 'x', at === 0 ? 'col2' : 'y']),
  };
  const same = file('file_multitable_same', writeTable(table) + writeTable(second), {
    rows: [...rows, ...rows.slice(0, 14)],
  });
  const others = Object.entries(cut).flatMap(([kind, lines]) =>
    ['', '\r\n'].map((gap) =>
      file(`file_multitable_${kind}${gap ? '_separated' : ''}`, writeTable(table) + gap + writeTable(lines)),
    ),
  );
  return [same, ...others];
}

const once = 'A header that stands more than once names its columns once here.';
const many: Row[] = Array(25).fill(rows).flat();

function files(): Polluted[] {
  const clean = writeTable(table);
  return [
    file('source', clean),
    file('file_no_payload', '', { refused: /is empty/ }),
    file('file_no_trailing_newline', clean.slice(0, -2)),
    file('file_double_trailing_newline', `${clean}\r\n`),
    file('file_no_header', writeTable(rows), { header: null }),
    file('file_header_multirow_2', writeTable([names, ...table]), {
      header: names.map((n) => `${n} ${n}`),
      known: once,
    }),
    file('file_header_multirow_3', writeTable([names, names, ...table]), {
      header: names.map((n) => `${n} ${n} ${n}`),
      known: once,
    }),
    file('file_preamble', `PREAMBLE,,,,,,,,\r\n,,,,,,,,\r\n${clean}`),
    file('file_header_only', writeTable([names]), { rows: [] }),
    file('file_one_data_row', writeTable(table.slice(0, 2)), { rows: rows.slice(0, 1) }),
    ...['source', 'source.tsv', 'source.pdf', 'source.loremipsum', '\u00a0.csv', '$.csv'].map((name) => ({
      ...file(`file name “${name}”`, clean),
      file: name,
    })),
    file('file_one_column', rows.map(([day]) => `${day}\r\n`).join(''), {
      header: null,
      rows: rows.map((row) => [row[0] as string]),
    }),
    file('file_one_column_header', writeTable(table.map((row) => [row[5] as string])), {
      header: ['ProductType'],
      rows: rows.map((row) => [row[5] as string]),
    }),
    wide(1024, {}),
    wide(17_000, { refused: /17,000 columns; a table holds at most 1,599/ }),
    file('file_num_rows_1000', writeTable([names, ...many]), { rows: many }),
    ...textOnly(),
    ...notes(),
    ...tables(),
  ];
}

function wide(columns: number, more: Partial<Polluted>): Polluted {
  const extra = Array.from({ length: columns - 9 }, (_, at) => `col${at + 1}`);
  const some = rows.slice(0, 5).map((row) => [...row, ...extra.map((_, at) => String(at % 2))]);
  const header = [...names, ...extra];
  return file(`file_num_columns_${columns}`, writeTable([header, ...some]), { header, rows: some, ...more });
}

/** Words only: with names over them, and without. */
function textOnly(): Polluted[] {
  const words = ['apple', 'pear', 'plum', 'fig'].flatMap((fruit) =>
    ['red', 'green', 'blue'].map((colour) => [fruit, colour, 'sweet']),
  );
  return [
    file('file_text_only_header', writeTable([['fruit', 'colour', 'taste'], ...words]), {
      header: ['fruit', 'colour', 'taste'],
      rows: words,
    }),
    file('file_text_only_no_header', writeTable(words), { header: null, rows: words }),
  ];
}

function structures(): Polluted[] {
  const delimiters = [';', '\t', ' ', ', ', '|', ':', '\t\t', '\\t', '||', '~', '^', '§', '\u0001', '<|>'];
  const hex = (text: string) =>
    [...text].map((c) => `0x${c.codePointAt(0)?.toString(16).toUpperCase()}`).join('_');
  const flawed = writeTable(table, { delimiter: ' ' }).replaceAll(
    `"Men's Hiking Boots"`,
    "Men's Hiking Boots",
  );
  return [
    ...delimiters.map((delimiter) => written(`file_field_delimiter_${hex(delimiter)}`, { delimiter })),
    file('file_field_delimiter_0x20 as in the original', flawed, {
      known:
        'The original leaves texts with spaces unquoted: its lines do not say which spaces separate cells.',
    }),
    ...["'", '`'].map((quote) =>
      written(`file_quotation_char_${hex(quote)}`, { quote, quoteAlso: () => true }),
    ),
    file(
      'file_quotation_char_0x27, apostrophes not escaped',
      writeTable(table, { quote: "'", escape: '', quoteAlso: () => true }),
    ),
    file(
      'file_quotation_none',
      writeTable(
        table.map((row) => row.map((cell) => cell.replaceAll(/[,"]/g, ''))),
        { quote: '' },
      ),
      {
        rows: rows.map((row) => row.map((cell) => cell.replaceAll(/[,"]/g, ''))),
      },
    ),
    file('file_quotation_none, quotes in cells', writeTable(table, { quote: '', delimiter: '\t' })),
    written('file_quotation_all', { quoteAlso: () => true }),
    written('file_escape_char_0x5C', { escape: '\\' }),
    written('file_escape_char_0x5E', { escape: '^' }),
    written('file_escape_char_0x00', { escape: '' }),
    written('file_record_delimiter_0xA', { newline: '\n' }),
    written('file_record_delimiter_0xD', { newline: '\r' }),
    written('file_record_delimiter_0xD_0xD_0xA', { newline: '\r\r\n' }),
    ...['utf8', 'utf16le', 'latin1'].map((encoding) => encoded(encoding as 'utf8', '')),
    encoded('utf8', '\ufeff'),
    encoded('utf16le', '\ufeff'),
    {
      ...encoded('utf16le', '\ufeff'),
      name: 'file_encoding_utf16be_mark',
      bytes: encoded('utf16le', '\ufeff').bytes.swap16(),
    },
  ];
}

function encoded(encoding: 'utf8' | 'utf16le' | 'latin1', mark: string): Polluted {
  const foreign = rows.map((row) => row.map((cell, at) => (at === 8 ? 'Café Zoë, Köln' : cell)));
  const text = mark + writeTable([names, ...foreign]);
  const name = `file_encoding_${encoding}${mark ? '_mark' : ''}`;
  return { ...file(name, ''), bytes: Buffer.from(text, encoding), rows: foreign };
}

function delimiterNumbers(): Polluted[] {
  return [0, ...places].flatMap((at) => {
    const line = cells(table[at] as Row);
    const less = [1, 4, at === 0 ? 5 : 8].map((col) => {
      const text = `${line.slice(0, col).join(',')}${line.slice(col).join(',')}`;
      return { col, text };
    });
    const more = [0, 4, 8].map((col) => ({
      col,
      text: [...line.slice(0, col), '', ...line.slice(col)].join(','),
    }));
    return [
      ...less.map(({ col, text }) => ({
        ...unclear(`row_less_sep_row${at}_col${col}`, at, text),
        ...lessNames(at, col),
      })),
      ...more.map(({ col, text }) => unclear(`row_more_sep_row${at}_col${col}`, at, text)),
    ];
  });
}

/** A header that lost a delimiter has one name made of two; the last column has none. */
const lessNames = (at: number, col: number) =>
  at > 0
    ? {}
    : { header: [...names.slice(0, col - 1), `${names[col - 1]}${names[col]}`, ...names.slice(col + 1), ''] };

function rowPollutions(): Polluted[] {
  return places.flatMap((at) => {
    const row = table[at] as Row;
    const five = writeRow(row.slice(0, 5));
    const fifteen = writeRow([...row, ...Array(6).fill('more')]);
    const escaped = row.map((cell) => `"${`${cell}"`.replaceAll('"', '\\"')}"`).join(',');
    return [
      file(`row_n_fields_${at}_empty`, withLine(at, ''), {
        rows: rows.filter((_, index) => index !== at - 1),
      }),
      unclear(`row_n_fields_${at}_less`, at, five),
      unclear(`row_n_fields_${at}_more`, at, fifteen),
      unclear(`row_field_delimiter_${at}_0x20`, at, writeRow(row, { delimiter: ' ' })),
      unclear(`row_field_delimiter_${at}_0x3B`, at, writeRow(row, { delimiter: ';' })),
      unclear(`row_quotation_mark_${at}_0x27`, at, row.map((cell) => `'${cell}'`).join(',')),
      file(`row_escape_char_${at}_0x5C`, withLine(at, escaped), {
        rows: rows.map((clean, index) => (index === at - 1 ? row.map((cell) => `${cell}"`) : clean)),
      }),
      file(`row_record_delimiter_${at}_0xA`, withLine(at, writeRow(row), '\n')),
      file(`row_record_delimiter_${at}_0xD`, withLine(at, writeRow(row), '\r')),
    ];
  });
}

/** A quote too many, not escaped, at the start of one cell: it is a character of the cell. */
function extraQuotes(): Polluted[] {
  return [0, ...places].flatMap((at) =>
    [0, 2, 5, 6, 8].map((col) => {
      const row = table[at] as Row;
      const line = cells(row).map((cell, place) =>
        place !== col ? cell : cell.startsWith('"') ? `""${cell.slice(1)}` : `"${cell}`,
      );
      const meant = row.map((cell, place) => (place === col ? `"${cell}` : cell));
      const name = `row_extra_quote${at}_col${col}`;
      const text = withLine(at, line.join(','));
      if (at === 0) return file(name, text, { header: meant });
      return file(name, text, { rows: rows.map((clean, index) => (index === at - 1 ? meant : clean)) });
    }),
  );
}

function headers(): Polluted[] {
  const renamed = (col: number, name: string) => names.map((known, at) => (at === col ? name : known));
  const one = (kind: string, header: readonly string[]) =>
    file(`column_header_${kind}`, writeTable([header, ...rows]), { header });
  return [
    ...[0, 3, 8].flatMap((col) => [
      one(`${col}_empty`, renamed(col, '')),
      one(`${col}_nonalnum`, renamed(col, 'HEAD/%R')),
    ]),
    one('nonunique', renamed(1, 'DATE')),
    one('large', renamed(3, 'HEADER'.repeat(100_000))),
    ...[1, 3, 8].map((col) => {
      const group = names.map((_, at) => (at === col ? 'HEADER' : ''));
      return file(`column_header_${col}_multiple`, writeTable([group, ...table]), {
        header: names.map((name, at) => (at === col ? `HEADER ${name}` : name)),
      });
    }),
  ];
}

/** What may stand in a field; all of it is well written. */
function fields(): Polluted[] {
  const hostile = ['two\r\nlines', 'a "quoted" word', ',', '"', ' ', '""', "'", ';', '\\', '#', 'ß€漢😀'];
  const changed = (text: string) => rows.map((row, at) => (at % 9 === 4 ? [...row.slice(0, 8), text] : row));
  return [
    ...hostile.map((text) =>
      file(`field ${JSON.stringify(text)}`, writeTable([names, ...changed(text)]), { rows: changed(text) }),
    ),
    ...(
      [
        [0, '2018-01-31'],
        [2, 'seven'],
        [4, '€ 7,50'],
      ] as const
    ).map(([col, text]) => {
      const other = rows.map((row, at) =>
        row.map((cell, place) => (place === col && at > 9 && at < 30 ? text : cell)),
      );
      return file(`column_heterogeneous_format_col${col}`, writeTable([names, ...other]), { rows: other });
    }),
  ];
}

/** Every polluted file. */
export const pollutions = (): Polluted[] => [
  ...files(),
  ...structures(),
  ...delimiterNumbers(),
  ...rowPollutions(),
  ...extraQuotes(),
  ...headers(),
  ...fields(),
];
