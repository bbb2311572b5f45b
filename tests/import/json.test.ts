import { expect, test } from 'vitest';
import { openTestEngine, sharedTestEngine } from '../open-test-engine.ts';
import { file, rowsOf } from './workspace-files.ts';

const shared = sharedTestEngine();

test('JSON lists and lines: exact values, nested objects flattened or kept, broken lines rejected', async () => {
  const at = shared();
  const load = (path: string, more = {}) => at.engine.import.load({ path, ...more });
  const rejectsOf = async (table: string) =>
    (await at.engine.import.rejects({ table, offset: 0, limit: 99 })).rejects.map(({ line, cause, raw }) => [
      line,
      cause,
      raw,
    ]);

  await file(
    at,
    'orders.json',
    `\ufeff[
  {"id": 9007199254740993, "price": 10.50, "code": "007", "day": "2024-01-31", "paid": true,
   "to": {"city": "Köln \\u00e9", "geo": {"lat": 1.5}}, "tags": ["a", 12345678901234567890.10], "none": null},
  {"id": 2, "price": 0.25, "code": "12", "day": "2024-02-01", "paid": false, "to": null, "extra": "x\\ny"},
  {"id": 3, "price": 3.00, "a.b": 1, "a": {"b": 2}}
]`,
  );
  // What are numbers to the file are no names, whatever they look like.
  await file(at, 'powers.jsonl', '{"n": 1E5, "w": "1E5"}\n{"n": 2E3, "w": "2E3"}\n');
  expect((await load('powers.jsonl')).columns.map(({ type }) => type)).toEqual(['double precision', 'text']);
  const orders = await load('orders.json');
  expect(orders).toMatchObject({
    table: 'orders',
    dialect: null,
    format: { kind: 'json', settings: { nested: 'flatten' } },
    account: { physical: 3, loaded: 3, rejected: 0, skipped: 0 },
  });
  expect(orders.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'id bigint',
    'price numeric(18,2)',
    'code text',
    'day date',
    'paid boolean',
    'to.city text',
    'to.geo.lat numeric(18,1)',
    'tags jsonb',
    'extra text',
    'a.b integer',
    'a.b_2 integer',
    'none text',
  ]);
  expect(
    await rowsOf(
      at,
      'select id::text, price::text, code, "to.city", "to.geo.lat"::text, tags::text, extra, "a.b", "a.b_2", "none" from orders order by _row',
    ),
  ).toEqual([
    [
      '9007199254740993',
      '10.50',
      '007',
      'Köln é',
      '1.5',
      '["a", 12345678901234567890.10]',
      null,
      null,
      null,
      null,
    ],
    ['2', '0.25', '12', null, null, null, 'x\ny', null, null, null],
    ['3', '3.00', null, null, null, null, null, 1, 2, null],
  ]);

  const kept = await load('orders.json', { table: 'kept', format: { settings: { nested: 'keep' } } });
  expect(kept.columns.find(({ name }) => name === 'to')).toMatchObject({ type: 'jsonb' });
  expect(await rowsOf(at, 'select "to"::text from kept order by _row')).toEqual([
    ['{"geo": {"lat": 1.5}, "city": "Köln é"}'],
    [null],
    [null],
  ]);
  const replayed = await load('orders.json', { recipe: kept.recipe, mode: 'replace' });
  expect([replayed.table, replayed.format.settings]).toEqual(['kept', { nested: 'keep', encoding: 'utf-8' }]);

  await file(
    at,
    'events.csv',
    '{"n": 1, "v": "text"}\n{"n": 2, "v": {"x": 1}}\n\n{"n": 3, oops}\n{"n": 4, "n": 5}\n{"n": 6, "v": "nul \\u0000"}\n{"n": "7"}\n[8]\n{"n": 9, "v": "half \\ud800"}',
  );
  const events = await load('events.csv', { format: { settings: { nested: 'keep' } } });
  expect(events.account).toEqual({
    physical: 9,
    loaded: 4,
    rejected: 4,
    skipped: 1,
    skippedBy: { header: 0, blank: 1, preamble: 0 },
  });
  expect(await rejectsOf('events')).toEqual([
    [4, expect.stringMatching(/^It is not valid JSON: /), '{"n": 3, oops}'],
    [5, 'The name “n” stands in one object twice, with different values.', '{"n": 4, "n": 5}'],
    [6, 'It holds a NUL character, which PostgreSQL text cannot hold.', '{"n": 6, "v": "nul \\u0000"}'],
    [9, 'It holds half of a surrogate pair, which is no character.', '{"n": 9, "v": "half \\ud800"}'],
  ]);
  expect(await rowsOf(at, 'select n, v::text, column_1 from events order by _row')).toEqual([
    [1, '"text"', null],
    [2, '{"x": 1}', null],
    [7, null, null],
    [null, null, 8],
  ]);

  const { rejects } = await at.engine.import.rejects({ table: 'events', offset: 0, limit: 99 });
  const texts = ['{"n": 3, "v": {"y": [1]}}', '{"n": 4, "m": 5}', '{"n": 6, "v": "fine"}', '{"n": 9'];
  const rows = rejects.map(({ id }, place) => ({ id, text: texts[place]! }));
  const retried = await at.engine.import.retry({ table: 'events', rows });
  expect(retried).toMatchObject({
    loaded: 2,
    rejects: [
      { cause: 'It has “m”, for which the table has no column.' },
      { cause: expect.stringMatching(/^It is not valid JSON/) },
    ],
  });
  expect(await rowsOf(at, 'select n, v::text from events where n in (3, 6) order by n')).toEqual([
    [3, '{"y": [1]}'],
    [6, '"fine"'],
  ]);

  const numbers = Array.from({ length: 300 }, (_, n) => `{"n": ${n}}`).join('\n');
  await file(at, 'late.jsonl', `${numbers}\n{"n": "many", "late": true}\n`);
  const late = await load('late.jsonl');
  expect([late.account.loaded, late.account.rejected]).toEqual([300, 1]);
  expect(await rejectsOf('late')).toEqual([
    [301, '“many” is not a whole number in range (integer).', '{"n": "many", "late": true}'],
  ]);

  await file(at, 'vectors.json', '[{"e": [0.5, 1, 2]}, {"e": [1, 2, 3]}]');
  expect((await at.engine.files.preview({ path: 'vectors.json' })).columns).toMatchObject([
    { type: 'jsonb', offers: [{ type: 'vector(3)', evidence: 'every value is a list of 3 numbers' }] },
  ]);
  await load('vectors.json', { types: { e: 'vector(3)' } });
  expect(await rowsOf(at, 'select e::text from vectors order by _row')).toEqual([['[0.5,1,2]'], ['[1,2,3]']]);
});

test('objects one right after the other, on one line or several, are a row each', async () => {
  const at = shared();
  await file(at, 'joined.json', '{"a":1}{"a":2} {"a":3}');
  await file(at, 'lines.json', '{"a":1}{"a":2}\n{"a":3}{"a":4}\n');
  await file(at, 'some.json', '{"a":1}\n{"a":2}{"a":3}\n{"a":4}\n');
  const loaded = async (path: string) => {
    const { account, columns } = await at.engine.files.preview({ path });
    return [columns.map(({ name }) => name), account.loaded, account.rejected];
  };
  expect(await loaded('joined.json')).toEqual([['a'], 3, 0]);
  expect(await loaded('lines.json')).toEqual([['a'], 4, 0]);
  expect(await loaded('some.json')).toEqual([['a'], 2, 1]);
  // JSON is UTF-8; what was taken for something else is told.
  await file(at, 'latin.jsonl', Buffer.from('{"a":"one"}\n{"a":"caf\u00e9"}\n', 'latin1'));
  const latin = await at.engine.import.load({ path: 'latin.jsonl' });
  expect(latin.open?.[0]).toMatchObject({
    says: expect.stringMatching(/^encoding, \d+ % sure: not UTF-8; read as/),
    option: '--encoding says otherwise',
  });
  const chosen = await at.engine.import.load({
    path: 'latin.jsonl',
    mode: 'replace',
    dialect: { encoding: 'latin-1' },
  });
  expect([chosen.open ?? [], await rowsOf(at, 'select a from latin order by _row')]).toEqual([
    [],
    [['one'], ['café']],
  ]);
  // The encoding is one of the format's settings, and kept in the recipe.
  await file(at, 'latin.jsonl', Buffer.from('{"a":"\xd0\xe8"}\n', 'latin1'));
  const look = await at.engine.files.preview({
    path: 'latin.jsonl',
    format: { settings: { encoding: 'windows-1251' } },
  });
  expect([look.rows, look.format.settings.find(({ key }) => key === 'encoding')?.value]).toEqual([
    [['Ри']],
    'windows-1251',
  ]);
  await at.engine.import.load({ path: 'latin.jsonl', recipe: chosen.recipe, mode: 'replace' });
  expect(await rowsOf(at, 'select a from latin')).toEqual([['Ðè']]);
  await expect(at.engine.import.rejects({ table: 'nowhere', offset: 0, limit: 9 })).rejects.toMatchObject({
    problem: { code: 'not_found' },
  });
});

test('JSON that is not whole is refused with the place', async () => {
  const at = shared();
  const cases: [string, string, RegExp][] = [
    ['cut.json', '[{"a": 1},\n {"a": 2', /line 2, position 2: a value that begins here is not complete/],
    ['open.json', '[{"a": 1},\n {"a": 2}', /the list is not closed/],
    ['comma.json', '[{"a": 1}\n {"a": 2}]', /line 2, position 2: a comma is missing/],
    ['after.json', '[{"a": 1}]\n\nx', /line 3, position 1: something follows the end of the list/],
    ['word.json', '[{"a": 1},\n\n  {"a":\n  oops}]', /line 4, position 3: /],
  ];
  for (const [name, text, said] of cases) {
    await file(at, name, text);
    await expect(at.engine.import.load({ path: name })).rejects.toThrow(said);
  }
  await file(at, 'pretty.json', '{\n  "a": 1,\n  "b": {\n    "c": [1, 2]\n  }\n}\n{\n  "a": 2\n}\n');
  const pretty = await at.engine.import.load({ path: 'pretty.json' });
  expect(pretty.columns.map(({ name, type }) => `${name} ${type}`)).toEqual(['a integer', 'b.c jsonb']);
  expect(pretty.account).toMatchObject({ physical: 2, loaded: 2 });
  await file(at, 'rows.json', '[[1, "x"], [2, "y"]]');
  expect((await at.engine.import.load({ path: 'rows.json' })).columns.map(({ name }) => name)).toEqual([
    'column_1',
    'column_2',
  ]);
  await file(at, 'wide.json', Buffer.from('\ufeff[{"a": "ö"}]', 'utf16le'));
  await at.engine.import.load({ path: 'wide.json' });
  expect(await rowsOf(at, 'select a from wide')).toEqual([['ö']]);
  await file(at, 'none.json', '[]');
  const none = await at.engine.import.load({ path: 'none.json' });
  expect(none.account).toMatchObject({ physical: 0, loaded: 0 });
});

test('rows that are a list inside an object are proposed, and loaded where that is chosen', async () => {
  const at = shared();
  const rows = [
    { id: 1, tags: ['a'] },
    { id: 2, tags: [] },
    { id: 3, tags: ['b', 'c'] },
  ];
  const text = JSON.stringify(
    { 'a "b"': 1, page: { of: 2, items: rows }, more: [{ x: 1 }], total: 3 },
    null,
    1,
  );
  await file(at, 'page.json', text);
  const look = (settings = {}) => at.engine.files.preview({ path: 'page.json', format: { settings } });
  const proposed = await look();
  expect(proposed.account.loaded).toBe(1);
  expect(proposed.format.evidence).toContain('the list “page.items” in it may be what holds the rows');
  expect(proposed.format.settings[0]?.options?.map(({ value }) => value)).toEqual(['', 'page.items', 'more']);
  const chosen = await look({ rows: 'page.items' });
  expect([chosen.account.physical, chosen.rows]).toEqual([
    3,
    [
      ['1', '["a"]'],
      ['2', '[]'],
      ['3', '["b","c"]'],
    ],
  ]);
  const whole = await at.engine.import.load({ path: 'page.json', table: 'whole' });
  expect(whole.open).toMatchObject([{ option: "--rows 'page.items' loads its elements" }]);
  const { account, recipe, open } = await at.engine.import.load({
    path: 'page.json',
    format: { settings: { rows: 'page.items' } },
  });
  expect(open).toBeUndefined();
  expect(account.loaded).toBe(3);
  expect((await at.engine.import.recipe({ recipe })).settings).toMatchObject({ rows: 'page.items' });
  await at.engine.import.load({ path: 'page.json', recipe, mode: 'replace' });
  expect(await rowsOf(at, 'select id from page order by _row')).toEqual([[1], [2], [3]]);
  await expect(look({ rows: 'items' })).rejects.toThrow('page.json has no list “items”.');
  await file(at, 'page.json', text.slice(0, -2));
  await expect(look({ rows: 'page.items' })).rejects.toThrow('the object is not closed');
  await file(at, 'page.json', `${text}\n{"page": 2}`);
  await expect(look({ rows: 'page.items' })).rejects.toThrow('something follows the end of the object');
});

test('no member of an object in a cell is lost, and null is not an empty text', async () => {
  const at = shared();
  const many = Array.from(
    { length: 30_000 },
    (_, n) => `${n},"{""a"": ${n}, ""b"": [{""a"": 1}, {""a"": 2}]}"\n`,
  );
  const twice = '7,"{""b"": {""a"": 1, ""\\u0061"": 2}}"\n8,"{""a"": 1, ""a"": 2}"\n';
  for (const [name, text] of [
    ['few', `id,v\n${twice}`],
    ['many', `id,v\n${many.join('')}${twice}`],
  ] as const) {
    await file(at, `${name}.csv`, text);
    const { columns, account } = await at.engine.import.load({ path: `${name}.csv` });
    const few = name === 'few';
    expect([columns[1]?.type, account.rejected]).toEqual(few ? ['text', 0] : ['jsonb', 2]);
    const kept = few
      ? (await rowsOf(at, 'select v from few order by _row')).flat()
      : (await at.engine.import.rejects({ table: 'many', offset: 0, limit: 9 })).rejects.map(
          ({ raw }) => raw,
        );
    expect(kept.map((cell) => String(cell).includes('1'))).toEqual([true, true]);
  }
  await file(at, 'nothing.json', '[{"a": null, "b": ""}, {"a": "x", "b": "null"}]');
  await at.engine.import.load({ path: 'nothing.json', allText: true });
  expect(await rowsOf(at, 'select a, b from nothing order by _row')).toEqual([
    [null, ''],
    ['x', 'null'],
  ]);
});

test('NaN and Infinity, as programs write them, are numbers, and never a broken file or no value', async () => {
  const at = shared();
  const values = ['[NaN, "NaN"]', '[{"x": -Infinity}]', '[1]'];
  const rows = [
    `{"n": 1, "f": 0.5, "big": 9007199254740993, "v": NaN, "mixed": NaN, "in": ${values[0]}, "s": "NaN, \\"Infinity"}`,
    `{"n": 2, "f": -Infinity, "big": NaN, "v": Infinity, "mixed": "word", "in": ${values[1]}, "s": "0e0"}`,
    `{"n": NaN, "f": 1e5, "big": 2, "v": NaN, "mixed": 1, "in": ${values[2]}, "s": "-Infinity"}`,
  ];
  for (const [name, text] of [
    ['lines', rows.join('\n')],
    ['list', `[${rows.join(', ')}]`],
  ] as const) {
    await file(at, `${name}.json`, text);
    const { columns, account, open } = await at.engine.import.load({ path: `${name}.json` });
    expect(account).toMatchObject({ physical: 3, loaded: 3, rejected: 0 });
    expect(columns.map(({ name: column, type }) => `${column} ${type}`)).toEqual([
      'n double precision',
      'f double precision',
      'big numeric',
      'v double precision',
      'mixed text',
      'in jsonb',
      's text',
    ]);
    expect(open).toMatchObject([
      { says: expect.stringMatching(/^NaN or Infinity stands inside 2 lists or objects: JSON has no such/) },
    ]);
    expect(
      await rowsOf(
        at,
        `select n::text, f::text, big::text, v::text, mixed, "in"::text, s from ${name} order by _row`,
      ),
    ).toEqual([
      ['1', '0.5', '9007199254740993', 'NaN', 'NaN', '["NaN", "NaN"]', 'NaN, "Infinity'],
      ['2', '-Infinity', 'NaN', 'Infinity', 'word', '[{"x": "-Infinity"}]', '0e0'],
      ['NaN', '100000', '2', 'NaN', '1', '[1]', '-Infinity'],
    ]);
  }
  // Told from numbers and names in which such a word stands only in part, and with the place in the file.
  await file(
    at,
    'part.jsonl',
    `{"a": 1NaN}\n{"a": NaN5}\n{NaN: 1}\n{"a": -NaN, "b": oops}\n${'{"a": -NaN}\n'.repeat(4)}`,
  );
  const { account, rejects } = await at.engine.files.preview({ path: 'part.jsonl' });
  expect([account.loaded, rejects.map(({ line }) => line)]).toEqual([4, [1, 2, 3, 4]]);
  expect(rejects[3]?.cause).toContain('position 17');
  await file(at, 'parts/1.jsonl', '{"a": 1}\n{"a": 9007199254740993}\n{"a": 0.12345678901234567}\n');
  await file(at, 'parts/2.jsonl', '{"a": NaN}\n');
  const { table } = await at.engine.import.load({ path: 'parts/*.jsonl' });
  expect(await rowsOf(at, `select a::text from "${table}" order by _row`)).toEqual([
    ['1'],
    ['9007199254740993'],
    ['0.12345678901234567'],
    ['NaN'],
  ]);
});

test('lists of numbers become arrays with every digit, from JSON and from CSV', async () => {
  const at = await openTestEngine();
  const lists = ['[-698823161880590.49, 0.10, null]', '[]', '[1e2,"3.50",NaN]'];
  const json = await file(at, 'j.jsonl', `{"p":${lists[0]}}\n{"p":${lists[1]}}\n{"p":[1e2,"3.50"]}\n`);
  const csv = await file(
    at,
    'c.csv',
    `id;p\n${lists.map((list, id) => `${id};${list}`).join('\n')}\n3;{7}\n4;no\n`,
  );
  const types = { p: 'numeric[]' };
  expect(await at.engine.import.load({ path: json, types })).toMatchObject({
    account: { loaded: 3, rejected: 0 },
  });
  expect(await rowsOf(at, 'select p::text from j order by _row')).toEqual([
    ['{-698823161880590.49,0.10,NULL}'],
    ['{}'],
    ['{100,3.50}'],
  ]);
  expect(await at.engine.import.load({ path: csv, types })).toMatchObject({
    account: { loaded: 4, rejected: 1 },
  });
  expect(await rowsOf(at, 'select p::text from c order by _row')).toEqual([
    ['{-698823161880590.49,0.10,NULL}'],
    ['{}'],
    ['{100,3.50,NaN}'],
    ['{7}'],
  ]);
});
