import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProblemError } from '../../shared/problem.ts';
import { openTestEngine } from '../open-test-engine.ts';
import { file, rowsOf } from './workspace-files.ts';

const cell = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom(
      '',
      '1',
      '-2.5',
      'NULL',
      '"',
      '""',
      ',',
      '\n',
      '\r\n',
      ' x ',
      "'",
      '\\',
      '\\N',
      ';',
      '\t',
      'x\ufeffy',
      '{"a": 1}',
    ),
  )
  .map((text) => text.replaceAll('\0', '').normalize('NFC'))
  .filter((text) => !/\p{Cs}/u.test(text));

interface Way {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  readonly end: string;
}

const ways: fc.Arbitrary<Way> = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|', '||', '~', '::', '\u00a7'),
    quote: fc.constantFrom('"', "'"),
    escapes: fc.constantFrom('doubled', '\\'),
    end: fc.constantFrom('\n', '\r\n', '\r'),
  })
  .map(({ escapes, ...way }) => ({ ...way, escape: escapes === 'doubled' ? way.quote : escapes }));

/** Quotes only where needed. */
function written(text: string, { delimiter, quote, escape: escaping }: Way): string {
  const special = [...delimiter, quote, escaping, '\r', '\n'].some((mark) => text.includes(mark));
  const inside = [...text].map((sign) => (sign === quote || sign === escaping ? escaping + sign : sign));
  return special ? `${quote}${inside.join('')}${quote}` : text;
}

const tables = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.record({
    width: fc.constant(width),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }),
  }),
);

/** Told, not guessed: a cell of `;` or `#` alone says nothing of how its file is written. */
const told = {
  encoding: 'utf-8',
  header: true,
  skipLines: 0,
  headerLines: 1,
  comment: '',
  footerLines: 0,
};

test('any table of text, written in any way, reads back cell for cell', {
  timeout: 300_000,
}, async () => {
  const at = await openTestEngine();
  await fc.assert(
    fc.asyncProperty(tables, ways, async ({ width, rows }, way) => {
      const header = Array.from({ length: width }, (_, place) => `column ${place}`);
      const line = (row: readonly string[]) =>
        row.map((cell) => written(cell, way)).join(way.delimiter) + way.end;
      await file(at, 'any.csv', [header, ...rows].map(line).join(''));
      const { end: _end, ...marks } = way;
      const { account } = await at.engine.import.load({
        path: 'any.csv',
        dialect: { ...told, ...marks },
        allText: true,
        mode: 'replace',
      });
      expect(account).toMatchObject({
        physical: rows.length + 1,
        loaded: rows.length,
        rejected: 0,
        skipped: 1,
      });
      const names = header.map((name) => `"${name}"`).join(', ');
      expect(await rowsOf(at, `select ${names} from "any" order by _row`)).toEqual(rows);
    }),
    { numRuns: 40 },
  );
});

const soup = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc
    .array(
      fc.constantFrom('a', '1', ',', '"', '\n', '\r', ';', '\\', "'", 'ä', '2024-01-01', '\0', '""', '\t'),
      { maxLength: 120 },
    )
    .map((words) => Buffer.from(words.join(''))),
);

test('whatever is in a file, the import ends in words or in an account that adds up', {
  timeout: 300_000,
}, async () => {
  const at = await openTestEngine();
  await fc.assert(
    fc.asyncProperty(soup, fc.boolean(), async (bytes, allText) => {
      await file(at, 'soup.csv', bytes);
      try {
        const { account } = await at.engine.import.load({
          path: 'soup.csv',
          table: 'soup',
          mode: 'replace',
          allText,
        });
        const { physical, loaded, rejected, skipped } = account;
        expect(loaded + rejected + skipped).toBe(physical);
        expect(await rowsOf(at, 'select count(*)::int, max(_row)::int from soup')).toEqual([
          [loaded, loaded || null],
        ]);
        expect((await at.engine.import.rejects({ table: 'soup', offset: 0, limit: 1 })).total).toBe(rejected);
      } catch (thrown) {
        if (!(thrown instanceof ProblemError)) throw thrown;
        expect(thrown.problem).toMatchObject({ code: 'bad_input' });
      }
    }),
    { numRuns: 150 },
  );
});
