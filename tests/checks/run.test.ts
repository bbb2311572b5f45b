import { expect, test } from 'vitest';
import { runTable } from '../../electron/engine/checks/run-table.ts';
import { sql, subselect } from '../../shared/sql.ts';
import { calling, makeTable, rule, sharedChecks } from './open-checks.ts';

const openChecks = sharedChecks();

const orders = {
  types: { id: 'integer', amount: 'numeric(10,2)', divisor: 'integer' },
  rows: [
    { id: 1, amount: '10.00', divisor: 1, status: 'paid' },
    { id: 2, amount: '20.00', divisor: 0, status: 'sent' },
    { id: 2, amount: null, divisor: 2, status: 'lost' },
    { id: 4, amount: '-1.00', divisor: 2, status: null },
  ],
};

test('each rule gives its verdict, its share and the address of its bad rows', async () => {
  const { room, database } = await openChecks();
  await makeTable(database, 'orders', orders);
  await room.save({
    table: 'orders',
    rules: [
      rule('amount_there', 'not_null', { column: 'amount' }),
      rule('id_once', 'unique', { columns: ['id'] }),
      rule('known_status', 'accepted_values', { column: 'status', values: ['paid', 'sent', 'lost'] }),
    ],
  });
  const { verdict, findings } = await room.run({});
  expect(verdict).toBe('fail');
  expect(findings).toMatchObject([
    {
      check: 'amount_there',
      class: 'completeness',
      columns: ['amount'],
      verdict: 'fail',
      value: 75,
      rowsRead: 4,
      badRows: 1,
    },
    {
      check: 'id_once',
      class: 'uniqueness',
      columns: ['id'],
      verdict: 'fail',
      value: 50,
      rowsRead: 4,
      badRows: 2,
    },
    { check: 'known_status', class: 'range', verdict: 'pass', value: 100, rowsRead: 4, badRows: 0 },
  ]);
  expect(findings[0]?.sql).toBe('select _row from "orders" where "amount" is null');
  const bad = await database.query(
    sql`select _row::int as row from ${subselect(findings[1]?.sql ?? '')} as q order by 1`,
  );
  expect(bad).toEqual([{ row: 2 }, { row: 3 }]);
});

test('a rule that cannot be evaluated is an error with a reason, never a pass, and the others go on', async () => {
  const { room, database } = await openChecks();
  await makeTable(database, 'orders', orders);
  await makeTable(database, 'customers', { rows: [{ id: '1' }] });
  await room.save({
    table: 'orders',
    rules: [
      rule('divides', 'business_rule', { condition: '100 / divisor > 1' }),
      rule('positive', 'business_rule', { condition: 'amount > 0' }),
      rule('bad_pattern', 'pattern', { column: 'status', pattern: '([' }),
      rule('dropped', 'not_null', { column: 'gone' }),
      rule('unknown', 'no_such_kind', {}),
      rule('no_table', 'foreign_key', { columns: ['id'], table: 'nowhere', references: ['id'] }),
      rule('not_boolean', 'business_rule', { condition: 'amount' }),
      rule('two', 'business_rule', { condition: 'true) or (true' }),
      rule('wrong_type', 'range', { column: 'status', min: '1' }),
      rule('stray', 'custom_sql', { query: 'select _row from orders union all select 99' }),
      rule('no_row', 'custom_sql', { query: 'select null::bigint as _row' }),
      rule('other_rows', 'custom_sql', { query: 'select c._row from customers c join orders o on true' }),
      rule('filled', 'not_null', { column: 'id' }),
    ],
  });
  const { verdict, findings } = await room.run({});
  expect(verdict).toBe('fail');
  const by = Object.fromEntries(findings.map((finding) => [finding.check, finding]));
  expect(
    Object.entries(by)
      .map(([check, { verdict: one }]) => `${check} ${one}`)
      .sort(),
  ).toEqual([
    'bad_pattern error',
    'divides error',
    'dropped error',
    'filled pass',
    'no_row error',
    'no_table error',
    'not_boolean error',
    'other_rows error',
    'positive fail',
    'stray error',
    'two error',
    'unknown error',
    'wrong_type error',
  ]);
  expect(by['divides']?.reason).toMatch(
    /^It divides by zero in some row\..* PostgreSQL says: division by zero\.$/,
  );
  expect(by['bad_pattern']?.reason).toMatch(
    /^Its regular expression is none.* PostgreSQL says: invalid regular expression/,
  );
  expect(by['dropped']?.reason).toMatch(/^The table "orders" has no column "gone"\./);
  expect(by['unknown']?.reason).toMatch(/^There is no kind of rule called "no_such_kind"\. Known kinds: /);
  expect(by['stray']?.reason).toMatch(/^The query yields what is no row of "orders": 1 of its _row /);
  expect(by['other_rows']?.reason).toMatch(
    /^The _row that the query yields is that of "customers", not of "orders"/,
  );
  expect(by['wrong_type']?.reason).toMatch(/^`status` is text: only numbers, dates and times have a range\./);
  expect(by['divides']).toMatchObject({ value: null, rowsRead: 0, badRows: 0 });
  expect(by['positive']).toMatchObject({ badRows: 1, rowsRead: 4, columns: ['amount'] });
});

test('a table that is gone makes errors of its rules; one without rows is not evaluated', async () => {
  const { room, database } = await openChecks();
  await makeTable(database, 'empty', { rows: [], types: { a: 'text' } });
  await room.save({ table: 'gone', rules: [rule('a', 'not_null', { column: 'a' })] });
  await room.save({
    table: 'empty',
    rules: [
      rule('a', 'not_null', { column: 'a' }),
      rule('cols', 'columns', { columns: [{ name: 'a', type: 'text' }] }),
    ],
  });
  const { verdict, findings } = await room.run({});
  expect(verdict).toBe('error');
  expect(findings.map(({ table, check, verdict: one, reason }) => [table, check, one, reason])).toEqual([
    ['empty', 'a', 'not evaluated', 'The table has no rows, so there was nothing to check.'],
    ['empty', 'cols', 'pass', null],
    [
      'gone',
      'a',
      'error',
      'There is no table "gone". It was dropped or renamed: import it again, or take its rules away.',
    ],
  ]);
});

test('shares decide between pass, warn and fail', async () => {
  const { room, database } = await openChecks();
  await makeTable(database, 'orders', orders);
  const params = { column: 'amount' };
  await room.save({
    table: 'orders',
    rules: [
      rule('quarter_is_fine', 'not_null', params, { failAbove: 25 }),
      rule('quarter_warns', 'not_null', params, { warnAbove: 24.9, failAbove: 50 }),
      rule('never_fails', 'not_null', params, { warnAbove: 0, failAbove: 100 }),
      rule('fails', 'not_null', params, { failAbove: 24.99 }),
    ],
  });
  const { findings } = await room.run({});
  expect(findings.map(({ check, verdict }) => [check, verdict])).toEqual([
    ['quarter_is_fine', 'pass'],
    ['quarter_warns', 'warn'],
    ['never_fails', 'warn'],
    ['fails', 'fail'],
  ]);
});

test('the metrics show each rule once, however often it ran; history keeps every run', async () => {
  const { room, database } = await openChecks();
  await makeTable(database, 'orders', orders);
  await room.save({ table: 'orders', rules: [rule('amount_there', 'not_null', { column: 'amount' })] });
  await room.run({});
  await makeTable(database, 'orders', { ...orders, rows: orders.rows.slice(0, 3) });
  await room.run({});
  expect(await database.query(sql`select * from assay.data_quality_metrics`)).toEqual([
    {
      table_name: 'orders',
      column_name: 'amount',
      quality_check: 'amount_there',
      passed_records: 2,
      failed_records: 1,
      pass_rate: '66.67',
      verdict: 'fail',
      value: 66.67,
      unit: null,
      rows_read: 3,
      judged_records: 3,
    },
  ]);
  const history = await room.history({ table: 'orders', check: 'amount_there', limit: 10 });
  expect(history.map(({ value, badRows, rowsRead }) => [value, badRows, rowsRead])).toEqual([
    [66.67, 1, 3],
    [75, 1, 4],
  ]);
  expect(await room.latest({})).toMatchObject([{ check: 'amount_there', value: 66.67 }]);
});

test('a rule that was taken away counts nowhere, its history stays', async () => {
  const { room, database } = await openChecks();
  await makeTable(database, 'orders', orders);
  const [one, two] = [
    rule('one', 'not_null', { column: 'amount' }),
    rule('two', 'not_null', { column: 'id' }),
  ];
  await room.save({ table: 'orders', rules: [one, two] });
  await room.run({});
  await room.save({ table: 'orders', rules: [two] });
  expect((await room.latest({})).map(({ check }) => check)).toEqual(['two']);
  expect(await database.query(sql`select quality_check from assay.data_quality_metrics`)).toEqual([
    { quality_check: 'two' },
  ]);
  expect(await room.history({ table: 'orders', check: 'one', limit: 10 })).toHaveLength(1);
});

test('tables and rules can be named; unknown ones are refused', async () => {
  const { room, database } = await openChecks();
  await makeTable(database, 'orders', orders);
  await makeTable(database, 'bare', orders);
  const rules = [rule('one', 'not_null', { column: 'amount' }), rule('two', 'not_null', { column: 'id' })];
  await room.save({ table: 'orders', rules });
  expect((await room.run({ tables: ['orders'], ids: ['two'] })).findings.map(({ check }) => check)).toEqual([
    'two',
  ]);
  expect(await room.run({ tables: ['bare'] })).toEqual({
    verdict: 'not evaluated',
    findings: [],
    problems: [],
    others: 0,
    unevaluated: [],
  });
  await expect(room.run({ tables: ['nosuch'] })).rejects.toMatchObject({
    problem: { code: 'not_found' },
  });
  await expect(room.run({ ids: ['nosuch'] })).rejects.toMatchObject({
    problem: { code: 'not_found' },
  });
});

test('a large table is read in pieces that count like one', async () => {
  const { room, database } = await openChecks();
  await database.run(
    sql`create table big as select n as _row, n, repeat('x', 400) as filler,
      case when n in (60001, 60002, 119000) then 'who' when n % 9 > 0 then 'u' || n || '@b.de' end as mail
      from generate_series(1::bigint, 120000) n`,
  );
  await database.run(sql`insert into assay.tables (name, origin, row_count) values ('big', 'query', 120000)`);
  const rules = Array.from({ length: 12 }, (_, at) =>
    rule(`seventh_${at}`, 'business_rule', { condition: 'n % 7 <> 0' }),
  );
  await room.save({
    table: 'big',
    rules: [
      ...rules,
      rule('late_zero', 'business_rule', { condition: '1 / (n - 100000) < 2' }),
      rule('mail', 'format', { column: 'mail', format: 'email' }),
    ],
  });
  const context = calling();
  const { findings } = await room.run({}, context);
  const [mail, ...others] = findings;
  expect(mail).toMatchObject({ check: 'mail', badRows: 3, rowsRead: 120000 });
  expect(others.slice(0, 12).map(({ badRows, rowsRead }) => [badRows, rowsRead])).toEqual(
    Array(12).fill([17142, 120000]),
  );
  expect(others[12]).toMatchObject({
    check: 'late_zero',
    verdict: 'error',
    reason: expect.stringMatching(/^It divides by zero/),
  });
  expect(context.reported.length).toBeGreaterThan(2);
  expect(context.reported.at(-1)).toMatchObject({ done: 14, total: 14, unit: 'checks' });
});

test('cancel stops a rule that runs, keeps what was found before, and the database goes on', async () => {
  const { room, database } = await openChecks();
  await makeTable(database, 'a_first', orders);
  await makeTable(database, 'b_slow', orders);
  await room.save({ table: 'a_first', rules: [rule('quick', 'not_null', { column: 'id' })] });
  const condition = '(select count(*) from generate_series(1, 1e9)) > id';
  await room.save({
    table: 'b_slow',
    rules: [
      rule('slow', 'business_rule', { condition }),
      rule('clean', 'not_null', { column: 'id' }),
      rule('no_value', 'range', { column: 'amount', min: '0' }, { where: 'amount is null' }),
    ],
  });
  const abort = new AbortController();
  const running = room.run(
    {},
    {
      signal: abort.signal,
      progress: ({ title }) => title === 'Checking b_slow' && setTimeout(() => abort.abort(), 200),
    },
  );
  await expect(running).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  expect((await room.latest({})).map(({ check, verdict }) => [check, verdict])).toEqual([
    ['quick', 'pass'],
    ['clean', 'pass'],
    ['no_value', 'not evaluated'],
  ]);
});

test('a rule can be tried without keeping what it finds', async () => {
  const { room, database } = await openChecks();
  await makeTable(database, 'orders', orders);
  const tried = await room.attempt(
    { table: 'orders', rule: rule('t', 'range', { column: 'amount', min: '0' }) },
    calling(),
  );
  expect(tried).toMatchObject({ id: 0, verdict: 'fail', badRows: 1, says: '`amount` is at least 0' });
  expect(await room.latest({})).toEqual([]);
});

test('a rule that takes too long is stopped and an error; the others go on', async () => {
  const { room, database } = await openChecks();
  await makeTable(database, 'orders', orders);
  const condition = '(select count(*) from generate_series(1, 1e9)) > id';
  await room.save({
    table: 'orders',
    rules: [
      rule('slow', 'business_rule', { condition }, { timeLimit: 0.3 }),
      rule('quick', 'unique', { columns: ['id'] }),
    ],
  });
  const { findings } = await room.run({});
  expect(findings).toMatchObject([
    { check: 'quick', verdict: 'fail', badRows: 2 },
    {
      check: 'slow',
      verdict: 'error',
      reason: expect.stringMatching(/^It took longer than 0.3 s and was stopped/),
    },
  ]);
  const slow = rule('slow', 'business_rule', { condition });
  const { signal } = new AbortController();
  const [byItself] = await runTable({ database, signal, most: 0.3 }, 'orders', [slow], () => {});
  expect(byItself?.reason).toContain('By itself a rule runs no longer than that: run it to wait for it.');
});

test('a rule may be about some rows, count bad rows instead of shares, and measure; a sample is kept', async () => {
  const { room, database } = await openChecks();
  await makeTable(database, 'orders', orders);
  await room.save({
    table: 'orders',
    rules: [
      rule('of_two', 'not_null', { column: 'amount' }, { where: 'divisor = 2' }),
      rule('none', 'not_null', { column: 'amount' }, { where: 'divisor = 99' }),
      rule('broken', 'not_null', { column: 'amount' }, { where: 'nosuch = 1' }),
      rule('once_of_two', 'unique', { columns: ['id'] }, { where: 'divisor = 2' }),
      rule('one_is_fine', 'not_null', { column: 'amount' }, { limitsIn: 'rows', warnAbove: 0, failAbove: 1 }),
      rule('rows', 'row_count', { min: 5 }),
      rule('rows_warn', 'row_count', { min: 5 }, { failAbove: 100 }),
      rule('moved', 'row_count_change', { fall: 10 }),
      rule('moved_of_two', 'row_count_change', { fall: 10 }, { where: 'divisor = 2' }),
    ],
  });
  const first = await room.run({});
  const by = Object.fromEntries(first.findings.map((finding) => [finding.check, finding]));
  expect(by['of_two']).toMatchObject({
    verdict: 'fail',
    value: 50,
    rowsRead: 2,
    badRows: 1,
    says: '`amount` is filled in, where divisor = 2',
    sample: [{ row: 3, cells: { amount: null } }],
  });
  expect(by['none']).toMatchObject({ verdict: 'not evaluated', rowsRead: 0 });
  expect(by['broken']).toMatchObject({ verdict: 'error' });
  expect(by['once_of_two']).toMatchObject({ verdict: 'pass', rowsRead: 2 });
  expect(by['one_is_fine']).toMatchObject({ verdict: 'warn', badRows: 1 });
  expect(by['rows']).toMatchObject({
    verdict: 'fail',
    value: 4,
    unit: 'rows',
    badRows: 0,
    reason: 'It is 4 rows, less than 5 rows.',
  });
  expect(by['rows_warn']).toMatchObject({ verdict: 'warn' });
  expect(by['moved']).toMatchObject({ verdict: 'not evaluated', value: 4 });
  await database.run(sql`delete from orders where _row > 2`);
  await database.run(sql`update assay.tables set version = version + 1 where name = 'orders'`);
  const second = await room.run({ ids: ['moved'] });
  expect(second.findings).toMatchObject([{ verdict: 'fail', value: 2, bounds: { fails: { min: 4 } } }]);
  const others = rule('moved_of_two', 'row_count_change', { fall: 10 }, { where: 'divisor > 0' });
  await room.save({ table: 'orders', rules: [others] });
  // Other rows are measured than before: that is no history.
  expect((await room.run({ ids: ['moved_of_two'] })).findings[0]?.verdict).toBe('not evaluated');
});

test('a share in percent is of the rows that the rule could judge, in shared scans and alone', async () => {
  const { room, database } = await openChecks();
  // Ten rows are shipped, and all ten of them are wrong.
  await database.run(sql`create table shipments as select n as _row, n::int as id,
    case when n <= 10 then 'shipped' else 'new' end as status, case when n <= 10 then -1.0::float8 end as weight,
    case when n <= 10 then 'nowhere' end as mail, case when n <= 10 then 'a' end as code, case when n <= 10 then 'x' || n end as shop
    from generate_series(1::bigint, 1000) n`);
  const five = { failAbove: 5 };
  await room.save({
    table: 'shipments',
    rules: [
      rule('then', 'conditional', { when: "status = 'shipped'", holds: 'weight > 0' }, five),
      rule('mail', 'format', { column: 'mail', format: 'email' }, five),
      rule('weight', 'range', { column: 'weight', min: '0', max: '' }, five),
      rule('positive', 'business_rule', { condition: 'weight > 0' }, five),
      rule('far', 'business_rule', { condition: 'weight > (select 0)' }, five),
      rule('decides', 'functional_dependency', { by: ['code'], column: 'shop' }, five),
      rule('once', 'unique', { columns: ['code'] }, five),
      rule('exists', 'foreign_key', { columns: ['code'], table: 'shipments', references: ['status'] }, five),
      rule('some', 'format', { column: 'mail', format: 'email' }, { ...five, where: 'id <= 500' }),
      rule('ten', 'format', { column: 'mail', format: 'email' }, { failAbove: 10, limitsIn: 'rows' }),
      rule('shop', 'length', { column: 'shop', min: 1, max: null }, five),
    ],
  });
  const { findings } = await room.run({});
  const told = findings.map((one) => [
    one.check,
    one.verdict,
    one.badRows,
    one.rowsJudged,
    one.rowsRead,
    one.value,
  ]);
  const wrong = (check: string): unknown[] => [check, 'fail', 10, 10, 1000, 0];
  expect(told.toSorted()).toEqual(
    [
      ...['then', 'mail', 'weight', 'positive', 'far', 'decides', 'once', 'exists'].map(wrong),
      ['some', 'fail', 10, 10, 500, 0],
      ['ten', 'pass', 10, 10, 1000, 0],
      ['shop', 'pass', 0, 10, 1000, 100],
    ].toSorted(),
  );
  expect(
    await database.query(sql`select passed_records::int as passed, failed_records::int as failed, rows_read::int as read,
      judged_records::int as judged from assay.data_quality_metrics where quality_check in ('mail', 'shop') order by quality_check`),
  ).toEqual([
    { passed: 0, failed: 10, read: 1000, judged: 10 },
    { passed: 10, failed: 0, read: 1000, judged: 10 },
  ]);
});

test('what compares texts says so, a number and a text are not compared, and numbers are by value', async () => {
  const { room, database } = await openChecks();
  const types = { n: 'numeric' };
  await makeTable(database, 'mixed', { types, rows: [{ a: '9', b: '10', n: '5' }] });
  const compared = (id: string, column: string, other: string, operator = '<=') =>
    rule(id, 'compare_columns', { column, operator, other });
  await room.save({
    table: 'mixed',
    rules: [
      compared('texts', 'a', 'b'),
      compared('same', 'a', 'b', '<>'),
      compared('unlike', 'n', 'b'),
      rule('rises', 'monotonic', { column: 'a', goes: 'rises', order: '', within: [] }),
    ],
  });
  const { findings } = await room.run({});
  expect(findings.map(({ check, verdict, reason }) => [check, verdict, reason?.slice(0, 48)])).toEqual([
    ['rises', 'pass', '`a` is text, compared letter by letter: "10" com'],
    ['texts', 'fail', '`a` and `b` are texts, compared letter by letter'],
    ['same', 'pass', undefined],
    ['unlike', 'error', 'It applies a function or an operator that does n'],
  ]);
});

test('a view is checked too, and rules with an unlike number of repeating values count as alone', async () => {
  const { room, database } = await openChecks();
  await database.run(sql`create table wide as select n as _row, (array['a', 'b', null, 'd'])[1 + n % 4] as few, n % 7 as week,
    'v' || n as many, repeat('x', 300) as filler from generate_series(1::bigint, 40000) n`);
  await database.run(sql`create view seen as select few, many from wide where week < 3`);
  const rules = [
    rule('few', 'accepted_values', { column: 'few', values: ['a', 'b'] }),
    rule('shape', 'pattern', { column: 'few', pattern: '^[ab]$' }),
    rule('short', 'length', { column: 'many', min: 3, max: null }),
    rule('long', 'length', { column: 'many', min: null, max: 5 }),
    rule('of_few', 'not_null', { column: 'many' }, { where: "few = 'a'" }),
  ];
  await room.save({ table: 'wide', rules });
  await room.save({ table: 'seen', rules: rules.slice(0, 3) });
  const { findings } = await room.run({});
  expect(findings.map(({ table, check, badRows, rowsRead }) => [table, check, badRows, rowsRead])).toEqual([
    ['seen', 'few', 4286, 17144],
    ['seen', 'shape', 4286, 17144],
    ['seen', 'short', 5, 17144],
    ['wide', 'few', 10000, 40000],
    ['wide', 'shape', 10000, 40000],
    ['wide', 'short', 9, 40000],
    ['wide', 'long', 30001, 40000],
    ['wide', 'of_few', 0, 10000],
  ]);
});
