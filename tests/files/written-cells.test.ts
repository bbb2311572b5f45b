import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellWriter } from '../../electron/engine/files/binary/binary-cells.ts';
import { BinaryPiece } from '../../electron/engine/files/binary/binary-piece.ts';
import { withDuck } from '../../electron/engine/files/duck/duck.ts';
import type { JudgedColumn } from '../../electron/engine/files/types/columns.ts';
import { judgeCells, sortTexts } from '../../electron/engine/files/types/judge-cells.ts';
import { ident, sql, typeName } from '../../shared/sql.ts';
import { sharedDatabase } from '../open-test-engine.ts';

const database = sharedDatabase();

const two = fc.stringMatching(/^[0-9]{1,2}$/);
const year = fc.stringMatching(/^(20|19|09)[0-9]{2}$|^[0-9]{2}$/);
const clock = fc.stringMatching(/^ [0-2]?[0-9]:[0-5][0-9](:[0-6][0-9](\.[0-9]{1,6})?)?( ?[AaPp][mM])?$/);
const numeric = (mark: string) => fc.tuple(two, two, year).map((parts) => parts.join(mark));
const names = fc.constantFrom('Jan', 'feb', 'March', 'MAY', 'June', 'sept', 'Dec', 'Febru');
const digits = fc.stringMatching(/^-?(0|[1-9][0-9]{0,8})?([.,][0-9]{1,3})?$/);
const groups = fc
  .tuple(
    fc.stringMatching(/^-?[0-9]{1,3}$/),
    fc.array(fc.stringMatching(/^[0-9]{3}$/), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('.', ',', ' ', "'", '\u00a0', '\u202f', '’'),
    fc.stringMatching(/^([.,][0-9]{1,3})?$/),
  )
  .map(([first, more, mark, rest]) => [first, ...more].join(mark) + rest);
const numbers = fc.oneof(digits, groups);
const signed = (sign: string) =>
  fc
    .tuple(
      numbers,
      fc.constantFrom(
        `${sign}#`,
        `${sign} #`,
        `#${sign}`,
        `# ${sign}`,
        `(${sign}#)`,
        `-${sign}#`,
        `-${sign} #`,
        `#`,
        `(# ${sign})`,
        `${sign}\u00a0#`,
      ),
    )
    .map(([number, shape]) => shape.replace('#', number));

const clocks = ['%H:%M:%S', '%H:%M', '%H:%M:%S.%f', '%I:%M:%S %p', '%I:%M %p', '%I:%M:%S%p', '%I:%M%p'];
const timed = (day: string) => clocks.map((time) => `${day} ${time}`).join('|');

const ways: readonly (readonly [
  type: string,
  format: string,
  cells: fc.Arbitrary<string>,
  odd: readonly string[],
])[] = [
  [
    'date',
    '%d/%m/%Y',
    numeric('/'),
    ['31/12/2024', '12/31/2024', '29/02/2023', '1/2/2024', '01/02/24', '1/2/0999'],
  ],
  ['date', '%m/%d/%y|%m/%d/%Y', numeric('/'), ['12/31/2024', '12/31/68', '12/31/69', '13/01/24']],
  [
    'date',
    '%Y-%m-%d|%Y%m%d|%d.%m.%Y',
    numeric('.'),
    ['2024-01-31', '20240131', '20240231', '2024-1-31', '31.12.2024'],
  ],
  [
    'date',
    '%Y/%m/%d|%d-%m-%Y',
    fc.oneof(numeric('-'), numeric('/')),
    ['2024/1/5', '2024/01/05', '05-01-2024', '2024/1/345'],
  ],
  [
    'date',
    '%d %b %Y|%d %B %Y|%b %d, %Y|%B %d, %Y|%d-%b-%y',
    fc.oneof(
      fc.tuple(two, names, year).map((p) => p.join(' ')),
      fc.tuple(names, two, year).map(([m, d, y]) => `${m} ${d}, ${y}`),
    ),
    ['5 March 2024', '5-Mar-24', 'Mar 5, 2024', 'Mars 5, 2024'],
  ],
  [
    'timestamp without time zone',
    `%d/%m/%Y|${timed('%d/%m/%Y')}`,
    fc.tuple(numeric('/'), clock).map((p) => p.join('')),
    ['31/12/2024', '31/12/2024 9:05 PM', '31/12/2024 12:00 AM', '31/12/2024 13:00 PM', '31/12/2024 24:00'],
  ],
  [
    'timestamp without time zone',
    `%Y-%m-%d|%Y-%m-%d %H:%M:%S|%Y-%m-%d %H:%M|%Y-%m-%dT%H:%M:%S|${timed('%d.%m.%Y')}`,
    fc.tuple(numeric('.'), clock).map((p) => p.join('')),
    ['2024-01-31', '2024-01-31 10:00', '2024-01-31T10:00:05', '31.01.2024 10:00:05.25'],
  ],
  [
    'numeric',
    ',',
    numbers,
    ['1.234,56', '1.234', '0.123', '1,5', ',5', '12.34', '-1.234.567', "1'234,5", '1,234', '0,50'],
  ],
  ['numeric', '.', numbers, ['1,234.56', '1,234', '0,123', '.5', '1.', '1 234', '1,23', '12,345,678.123']],
  ['numeric(10,2)', ',', numbers, ['1.234,56', '1,999', '123456789,10']],
  [
    'numeric(18,2)',
    '. $',
    signed('$'),
    ['$12.50', '-$3', '($4.00)', '$1,234.56', 'US$5', '5', '$ 5 ', '$-5', '-$-5', '$.50', '$1.234'],
  ],
  ['numeric', ', €', signed('€'), ['€ 1.234,50', '12 €', '-3 €', '€5,5', '€ 1.234', '(5 €)']],
  ['numeric', '. CHF', signed('CHF'), ['CHF 12.50', 'CHF12.50', '12CHF', 'CHF -3', "CHF 1'234.50"]],
  ['numeric', '. %', signed('%'), ['12 %', '12%', '%5', '100.0%', '-1%']],
  ['boolean', 'ja|nein', fc.constantFrom('ja', 'Nein', 'JA', 'true', 'jA', 'n'), ['False', 'nein']],
  ['boolean', 'sí|no', fc.constantFrom('sí', 'SÍ', 'No', 'si'), ['Sí']],
];

/** As text, what PostgreSQL holds of a column filled from binary, and from the text DuckDB makes of the same cells. */
async function bothWays(type: string, piece: BinaryPiece, texts: readonly string[]) {
  const table = ident(`w_${type.replace(/\W/g, '_')}_${Math.random().toString(36).slice(2)}`);
  return database().use({}, async (session) => {
    await session.run(sql`create table ${table} (c ${typeName(type)})`);
    await session.copyIn(sql`copy ${table} from '/dev/blob' (format binary)`, piece.finished());
    const binary = await session.query<{ c: string }>(sql`select c::text from ${table}`);
    const text = await session.query<{ c: string }>(
      sql`select value::${typeName(type)}::text as c from jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb)`,
    );
    return { binary: binary.map(({ c }) => c), text: text.map(({ c }) => c) };
  });
}

test.each(ways)(
  '%s written as %s is what DuckDB reads, and of the class it finds',
  async (type, format, cells, odd) => {
    const column = { type, format, bare: false } as JudgedColumn;
    const drawn = [...odd, ...fc.sample(cells, 120)].filter((cell) => cell !== '' && cell === cell.trim());
    const [values, kinds] = await withDuck(undefined, async (duck) => [
      await judgeCells(
        duck,
        [column],
        drawn.map((text) => ({ at: 0, text })),
      ),
      await sortTexts(duck, drawn),
    ]);
    const write = cellWriter(type, format);
    const piece = new BinaryPiece(1 << 20);
    const taken = drawn.flatMap((cell, at) => {
      const before = piece.size;
      piece.int16(1);
      const bytes = Buffer.from(cell);
      const kind = write?.(bytes, 0, bytes.length, piece) ?? -1;
      if (kind < 0) piece.size = before;
      return kind < 0 ? [] : [{ cell, kind, at }];
    });
    expect(taken.map(({ cell, kind }) => [cell, kind])).toEqual(
      taken.map(({ cell, at }) => [cell, kinds[at]]),
    );
    expect(taken.filter(({ at }) => typeof values[at] !== 'string').map(({ cell }) => cell)).toEqual([]);
    const fit = values.filter((value) => typeof value === 'string').length;
    expect(taken.length).toBeGreaterThan(Math.min(4, fit / 2));
    const { binary, text } = await bothWays(
      type,
      piece,
      taken.map(({ at }) => String(values[at])),
    );
    expect(taken.map(({ cell }, at) => [cell, binary[at]])).toEqual(
      taken.map(({ cell }, at) => [cell, text[at]]),
    );
  },
);
