import { expect, test } from 'vitest';
import type { SniffedDialect } from '../../shared/contract/files.ts';
import { file, rowsOf } from '../import/workspace-files.ts';
import { sharedTestEngine } from '../open-test-engine.ts';

const shared = sharedTestEngine();

/** The same bytes as each encoding has them, and what they say. */
const cases: readonly [encoding: string, hex: string, words: readonly string[]][] = [
  ['windows-1252', '5a6fe92c3580', ['Zoé', '5€']],
  ['latin-1', '5a6feb2c4bf66c6e', ['Zoë', 'Köln']],
  ['iso-8859-2', 'a3756b61737a2ca3f364bc', ['Łukasz', 'Łódź']],
  ['windows-1250', '8ae1726b612c9eefe1722c506c7a65f2', ['Šárka', 'žďár', 'Plzeň']],
  ['windows-1251', 'c8e2e0ed2ccceef1eae2e0', ['Иван', 'Москва']],
  ['koi8-r', 'e9d7c1ce2cedcfd3cbd7c1', ['Иван', 'Москва']],
  ['windows-1253', 'c3e9fef1e3eff22cc1e8deede1', ['Γιώργος', 'Αθήνα']],
  ['windows-1254', '4179fe652cdd7374616e62756c2cc761f06c6172', ['Ayşe', 'İstanbul', 'Çağlar']],
  ['shift_jis', '8e5293632c93738b9e82c582b7', ['山田', '都京です']],
  ['euc-jp', 'bbb3c5c42cc5d4b5fea4c7a4b9', ['山田', '都京です']],
  ['gb18030', 'd5c5c8fd2cb1b1bea92cc9cfbaa3', ['张三', '北京', '上海']],
  ['euc-kr', 'b1e8c3b6bcf62cbcadbfef', ['김철수', '서울']],
  ['latin-1', '5b6d2f735d2c5bb0435d2c3130b56d', ['[m/s]', '[°C]', '10µm']],
  ['windows-1252', '3135802c696492732e', ['15€', 'id’s.']],
  ['windows-1250', '4a69f8ed2c50f8ed6272616d2c6dec73746f', ['Jiří', 'Příbram', 'město']],
  ['macintosh', '4d9f6c6c65722c4b9a6c6e2c4a8a676572', ['Müller', 'Köln', 'Jäger']],
  ['cp850', '4d816c6c65722c4b946c6e2c4a84676572', ['Müller', 'Köln', 'Jäger']],
  ['cp852', '9d756b61737a2c9da264ab2c4b72616ba277', ['Łukasz', 'Łódź', 'Kraków']],
  ['ibm866', '88a2a0ad2c8caee1aaa2a0', ['Иван', 'Москва']],
  ['shift_jis', 'bab0c4de2cd2b2bcaeb32cceddc0de', ['ｺｰﾄﾞ', 'ﾒｲｼｮｳ', 'ﾎﾝﾀﾞ']],
  ['gb18030', 'c9eedbdacad0ae61c6b72cd5c5ceb0', ['深圳市產品', '张伟']],
];

test('encodings of one and of two bytes a character are told by what they spell', async () => {
  const at = shared();
  for (const [encoding, hex, words] of cases) {
    const line = Buffer.from(hex, 'hex');
    const header = words.map((_, place) => `c${place}`).join(',');
    const path = await file(
      at,
      'words.csv',
      Buffer.concat([Buffer.from(`n,${header}\n1,`), line, Buffer.from('\n2,'), line, Buffer.from('\n')]),
    );
    const { dialect, rows } = await at.engine.files.preview({ path });
    expect([dialect?.encoding, rows[0]?.slice(1)]).toEqual([encoding, words]);
    expect(dialect?.guesses?.encoding).toMatchObject({
      confidence: expect.any(Number),
      evidence: expect.stringMatching(/not UTF-8; read as /),
    });
  }
});

test('an encoding that shows only far into the file is found out from its rows', async () => {
  const at = shared();
  const plain = 'a plain line of many,1\n'.repeat(100_000);
  const bytes = Buffer.concat([
    Buffer.from(`word,n\n${plain}`),
    Buffer.from('Zo\xeb,2\n', 'latin1'),
    Buffer.from(plain),
  ]);
  await file(at, 'late.csv', bytes);
  const { account, dialect } = await at.engine.import.load({ path: 'late.csv' });
  expect([dialect?.encoding, account.rejected]).toEqual(['latin-1', 0]);
  expect(await rowsOf(at, 'select word from late where n = 2')).toEqual([['Zoë']]);
});

const latin = (text: string) => Buffer.from(text, 'latin1');

test('lines in two encodings are read each in its own, and told; a damaged line is a reject', async () => {
  const at = shared();
  const load = async (...lines: readonly (string | Buffer)[]) => {
    const bytes = Buffer.concat(
      ['n,word\n', ...lines].map((line) => (typeof line === 'string' ? Buffer.from(line) : line)),
    );
    await file(at, 'two.csv', bytes);
    const { dialect, account } = await at.engine.import.load({ path: 'two.csv', mode: 'replace' });
    const { confidence = 1 } = (dialect as SniffedDialect).guesses?.encoding ?? {};
    const rows = await rowsOf(at, 'select word from two order by _row');
    return [dialect?.encoding, confidence < 0.6, account.rejected, ...rows.flat()];
  };
  expect(await load('1,Zoë\n', latin('2,Größe\n'))).toEqual(['utf-8+windows-1252', true, 0, 'Zoë', 'Größe']);
  expect(await load(latin('1,Größe\n'), latin('2,Maß\n'), '3,Zoë\n')).toEqual([
    'utf-8+windows-1252',
    true,
    0,
    'Größe',
    'Maß',
    'Zoë',
  ]);
  // UTF-8 far behind what was looked at first, and both far behind.
  const ascii = `5,${'plain words '.repeat(100)}\n`.repeat(1_100);
  const late = await load(latin('1,Größe\n'), ascii, '2,Zoë\n', ascii);
  expect([late.slice(0, 4), late[1_104]]).toEqual([['utf-8+windows-1252', true, 0, 'Größe'], 'Zoë']);
  const later = await load(ascii, latin('1,Größe\n'), '2,Zoë\n', ascii);
  expect([later.slice(0, 3), later.slice(1_103, 1_105)]).toEqual([
    ['utf-8+windows-1252', true, 0],
    ['Größe', 'Zoë'],
  ]);
  // Half a character of UTF-8 among whole ones; in windows-1252 alone, a capital before a dash is what it is.
  const half = Buffer.concat([Buffer.from('2,Köln Zo'), latin('\xc3\n')]);
  expect(await load('1,Zoë\n', half, '3,Maß\n')).toEqual(['utf-8', false, 1, 'Zoë', 'Maß']);
  expect(await load(latin('1,CAF\xc9\x96BAR\n'), latin('2,Größe\n'))).toEqual([
    'windows-1252',
    false,
    0,
    'CAFÉ–BAR',
    'Größe',
  ]);
});

test('a few NUL bytes cost their rows, with a line each', async () => {
  const at = shared();
  const rows = Array.from({ length: 200 }, (_, n) => `${n},${n === 150 ? 'x\0y' : 'some words'}`).join('\n');
  const path = await file(at, 'nul.csv', `n,w\n${rows}\n`);
  const { account, rejects } = await at.engine.files.preview({ path, whole: true });
  expect(account).toMatchObject({ loaded: 199, rejected: 1 });
  expect(rejects).toMatchObject([
    { line: 152, cause: 'It holds a NUL byte, which PostgreSQL text cannot hold.' },
  ]);
});

test('a reject stands at its byte of the file, whatever the encoding', async () => {
  const at = shared();
  const line = (n: number, word: string) => `${n},${word},x\n`;
  const write: readonly (readonly [string, string, (text: string) => Buffer])[] = [
    ['utf-16le', 'Zoë 漢字', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16be', 'Zoë 漢字', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['latin-1', 'Zoë', (text) => Buffer.from(text, 'latin1')],
    [
      'shift_jis',
      '山田',
      (text) => Buffer.from(text.replaceAll('山田', '\u008e\u0052\u0093\u0063'), 'latin1'),
    ],
  ];
  for (const [encoding, word, encode] of write) {
    const good = Array.from({ length: 9_000 }, (_, n) => line(n, word)).join('');
    const bytes = encode(
      `n,word,z\n${good}${line(7, word).slice(0, -3)}\n${good}many,${word},x\n${line(1, word)}`,
    );
    await file(at, 'rows.csv', bytes);
    const { account, dialect, table } = await at.engine.import.load({ path: 'rows.csv', mode: 'replace' });
    expect([dialect?.encoding, account.rejected]).toEqual([encoding, 2]);
    const { rejects } = await at.engine.import.rejects({ table, offset: 0, limit: 9 });
    const decoder = new TextDecoder(encoding === 'latin-1' ? 'latin1' : encoding);
    for (const { offset, raw } of rejects)
      expect([encoding, decoder.decode(bytes.subarray(offset ?? 0)).slice(0, raw.length)]).toEqual([
        encoding,
        raw,
      ]);
  }
});
