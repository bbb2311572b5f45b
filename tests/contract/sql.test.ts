import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  expression,
  ident,
  join,
  names,
  Sql,
  sql,
  subselect,
  toQuery,
  toText,
  typeName,
} from '../../shared/sql.ts';
import { lexSql, splitStatements } from '../../shared/sql-lexer.ts';

test('a hole is a parameter unless it is SQL of our own tag', () => {
  const where = sql`a = ${1} and b = ${"x'; drop table t; --"}`;
  expect(toQuery(sql`select ${ident('a"b')} from t where ${where}`)).toEqual({
    text: 'select "a""b" from t where a = $1 and b = $2',
    params: [1, "x'; drop table t; --"],
  });
});

test('an object that looks like SQL is a value, not SQL', () => {
  const forged = JSON.parse('{"parts":[{"text":"drop table t"}]}') as string;
  expect(Sql.is(forged)).toBe(false);
  expect(toQuery(sql`select ${forged}`).text).toBe('select $1');
});

test('literals are written so that PostgreSQL reads the same value', () => {
  const all = join(["it's", 'back\\slash', -1, 1.5, 10n, true, null, Number.NaN]);
  expect(toText(all)).toBe(`'it''s', 'back\\slash', (-1), 1.5, 10, true, null, 'NaN'::double precision`);
});

test('names', () => {
  expect(toText(names(['a', 'Ä "b"']))).toBe('"a", "Ä ""b"""');
  expect(() => ident('')).toThrow('must not be empty');
  expect(() => ident('ä'.repeat(32))).toThrow('longer than 63 bytes');
});

describe('what an analyst wrote stays in its parentheses', () => {
  test.each([
    'a + 1',
    "name = 'it''s ); drop table t'",
    'note = $q$ ) ; $q$',
    'a /* ) ; */ + 1',
    'a -- ) ;',
    '"odd ) name" = (1 + 2) * x[1]',
    "E'\\' ) ;' || a",
  ])('%s passes', (written) => {
    expect(toText(expression(written))).toBe(`(${written}\n)`);
  });

  test.each([
    ['a) or (1 = 1', 'closes a bracket'],
    ['a; drop table t', 'semicolon'],
    ["a = 'x", 'quote is not closed'],
    ['a /* x', 'comment is not closed'],
    ['(a', 'leaves a bracket open'],
    ['(a]', 'closes a bracket'],
    ['$$ x', 'quote is not closed'],
    ['  -- nothing', 'is empty'],
  ])('%s is refused', (written, words) => {
    expect(() => expression(written)).toThrow(words);
  });

  test('a query may end in a semicolon, not contain one', () => {
    expect(toText(subselect('select 1; '))).toBe('(select 1\n)');
    expect(() => subselect('select 1; select 2')).toThrow('semicolon');
  });
});

test('type names only', () => {
  expect(toText(typeName('numeric(12,2)'))).toBe('numeric(12,2)');
  expect(() => typeName('int); drop table t')).toThrow('is not a type name');
});

test('statements are split at their own semicolons', () => {
  const text = "select ';' as a; -- ; not here\n\nselect $x$;$x$ ;; /* ; */ insert into t values (1)";
  expect(splitStatements(text).map((statement) => statement.text)).toEqual([
    "select ';' as a",
    'select $x$;$x$',
    'insert into t values (1)',
  ]);
});

test('every text is either refused or cut without gaps', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...`ab1 '"$();-/*\\\n[]`) }), (text) => {
      let tokens: ReturnType<typeof lexSql>;
      try {
        tokens = lexSql(text);
      } catch {
        return;
      }
      expect(tokens.map(({ start, stop }) => text.slice(start, stop)).join('')).toBe(text);
    }),
  );
});
