import { expect, test } from 'vitest';
import { cellText } from '../../shared/cell-text.ts';
import { decodePage } from '../../shared/decode-page.ts';
import { number } from '../../shared/number-words.ts';
import { openTestEngine } from '../open-test-engine.ts';

test('cells read as PostgreSQL writes them', async () => {
  const { engine } = await openTestEngine();
  const values = [
    `date '0001-01-01'`,
    `date '1970-01-01'`,
    `date '1969-12-31'`,
    `date '5874897-12-31'`,
    `date '4713-01-01 BC'`,
    `date '2024-02-29'`,
    `date 'infinity'`,
    `timestamp '1969-12-31 23:59:59.999999'`,
    `timestamp '0044-03-15 12:00:00 BC'`,
    `timestamp '-infinity'`,
    `timestamp '290000-12-31 23:59:59'`,
    `timestamptz '2024-02-29 23:59:59.120000+00'`,
    `timestamptz 'infinity'`,
    `0.1::real`,
    `3.4028235e38::real`,
    `1.5::float8`,
    `'-0'::float8`,
    `'-0'::real`,
    `9007199254740993::bigint`,
    `true`,
    `1234.50::numeric`,
    `'a'::text`,
    `'1 day'::interval`,
  ];
  const text = `set timezone = 'UTC'; select ${values.join(', ')}; select ${values.map((value) => `(${value})::text`).join(', ')}`;
  const [, typed, plain] = await engine.query.run({ text });
  const [page, texts] = [decodePage(typed!.bytes!), decodePage(plain!.bytes!)];
  const ours = page.columns.map(({ type }, column) => cellText(page.cell(0, column), type));
  expect(ours).toEqual(texts.columns.map((_, column) => texts.cell(0, column)));
  await expect(engine.query.run({ text: `select timestamp '294276-12-31'` })).rejects.toThrow(
    'after 10 January 294247',
  );
});

test('figures keep what counts of them', () => {
  const said = [0, 2.31e-5, -0.000499, 0.30000000000000004, 0.1234567, 1.005e-9, 1, 1234567.891].map(number);
  expect(said).toEqual(['0', '0.0000231', '-0.000499', '0.3', '0.1235', '1.005E-9', '1', '1,234,567.89']);
});
