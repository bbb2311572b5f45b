import { expect, test } from 'vitest';
import { formatted } from '../../renderer/editor/formatted.ts';
import { sharedTestEngine } from '../open-test-engine.ts';

const shared = sharedTestEngine();

/** The words that are underlined, each with what is said about it. */
async function faults(text: string) {
  const found = await shared().engine.query.faults({ text });
  return found.map(({ from, to, message, hint }) => [text.slice(from, to), message, ...(hint ? [hint] : [])]);
}

test('what the parser refuses is marked where it is, each statement for itself', async () => {
  expect(await faults("select '😀', from t")).toEqual([['from', 'syntax error at or near "from"']]);
  expect(await faults('selct 1; select 1;\nselect * form pg_class where')).toEqual([
    ['selct', 'syntax error at or near "selct"'],
    ['form', 'syntax error at or near "form"'],
  ]);
  expect(await faults('select (1')).toEqual([['1', 'syntax error at end of input']]);
  expect(await faults("select 1;\nselect 'open")).toEqual([["'open", 'A quote is not closed.']]);
  expect(await faults('')).toEqual([]);
});

test('what the planner refuses is marked too, with its hint, and nothing is run', async () => {
  const { engine } = shared();
  await engine.query.run({ text: 'create table seen (total int, day date)' });
  expect(await faults('select total, totl from seen')).toEqual([
    ['totl', 'column "totl" does not exist', 'Perhaps you meant to reference the column "seen.total".'],
  ]);
  expect(await faults('select 1; select lowr(1) from seen')).toEqual([
    ['lowr', 'function lowr(integer) does not exist', expect.stringMatching(/add explicit type casts/)],
  ]);
  expect(await faults('delete from seen; insert into seen (total) values (1)')).toEqual([]);
  const [counted] = await engine.query.run({ text: 'table seen' });
  expect(counted?.rows).toBe(0);
});

test('parameters are no fault, and what stands behind them is placed as it is written', async () => {
  expect(await faults('select total from seen where day > :since and total = :n')).toEqual([]);
  const [fault] = await faults('select total from seen where day > :a_long_name and totl = 1');
  expect(fault?.slice(0, 2)).toEqual(['totl', 'column "totl" does not exist']);
  expect(await faults('select total from seen where day > :a and and')).toEqual([
    ['and', 'syntax error at or near "and"'],
  ]);
});

test('a statement may use what one before it makes', async () => {
  expect(await faults('create table fresh (a int); select a from fresh')).toEqual([]);
});

test('completion knows what the real database has, also what was made a moment ago', async () => {
  const { engine } = shared();
  await engine.query.run({ text: 'create table "Made now" (a int, "b c" numeric(9,2))' });
  const text = 'select m. from "Made now" m';
  const { offers } = await engine.query.complete({ text, at: 9 });
  expect(offers.map(({ label, insert, detail }) => [label, insert, detail])).toEqual([
    ['a', 'a', 'integer · m'],
    ['b c', '"b c"', 'numeric(9,2) · m'],
    ['_row', '_row', 'bigint · m'],
  ]);
  const called = await engine.query.signatures({ text: "select date_trunc('day', ", at: 25 });
  expect(called).toMatchObject({ parameter: 1 });
  expect(called?.signatures.map(({ label }) => label)).toContain(
    'date_trunc(text, timestamp with time zone)',
  );
  const hover = await engine.query.hover({ text: 'select total from seen', at: 9 });
  expect(hover?.title).toBe('total integer');
});

test('an unknown column of INSERT is marked', async () => {
  await shared().engine.query.run({ text: 'create table filled (a int)' });
  expect(await faults('insert into filled(zz) values (1)')).toEqual([
    ['zz', 'column "zz" of relation "filled" does not exist'],
  ]);
  expect(await faults('select 1 as a into made; select a from made')).toEqual([]);
});

test('strings that go on in the next line stay as they are when the text is laid out', async () => {
  const text = "select 'a'\n  'b' as ab, 'c' as c, E'd\\n' -- why\n 'e'";
  const laid = await formatted(text);
  expect(laid).toContain("'a'\n  'b' as ab");
  const rows = async (sql: string) => (await shared().engine.query.run({ text: sql }))[0]?.bytes;
  expect(await rows(laid)).toEqual(await rows(text));
});

test('values that are none of the type are told by name, before anything runs', async () => {
  const { engine } = shared();
  const text = 'select :day::date, :n::int + 1, :t::text';
  expect(await engine.query.misfits({ text, values: { day: '2024-02-31', n: '1', t: 'x' } })).toEqual([
    { name: 'day', message: 'date/time field value out of range: "2024-02-31"' },
  ]);
  expect(await engine.query.misfits({ text, values: { day: null, n: 'one', t: null } })).toEqual([
    { name: 'n', message: 'invalid input syntax for type integer: "one"' },
  ]);
  expect(await engine.query.misfits({ text, values: { day: '2024-02-29', n: '1', t: '' } })).toEqual([]);
});

test('why a part cannot be previewed comes with what to do', async () => {
  const text = 'select * from (select 1 / 0 as n) as part';
  await expect(shared().engine.query.preview({ text, at: 25 })).rejects.toMatchObject({
    problem: { message: 'division by zero', hint: expect.stringMatching(/run by itself/) },
  });
});
