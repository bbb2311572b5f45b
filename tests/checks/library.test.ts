import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listRules, saveRules } from '../../electron/engine/checks/rule-files.ts';
import { breachOf } from '../../electron/engine/checks/verdict.ts';
import { limitWords } from '../../shared/check-bounds.ts';
import { boundWords } from '../../shared/finding-words.ts';
import { sql } from '../../shared/sql.ts';
import { scratchFolder } from '../open-test-engine.ts';
import { makeTable, sharedChecks } from './open-checks.ts';

const openChecks = sharedChecks();

/** A contract as other tools write it: the standard's own metrics, and rules of engines that are not ours. */
const contract = `# from the data catalog
apiVersion: v3.1.0
kind: DataContract
id: orders
schema:
  - name: orders
    physicalType: table
    properties:
      - name: mail
        quality:
          - metric: nullValues
            id: mail_there
            mustBe: 0
            unit: rows
            description: Every order has an address.
          - { type: library, metric: missingValues, arguments: { missingValues: [null, '', N/A] }, mustBeLessThan: 50, unit: percent }
          - { type: library, metric: invalidValues, name: looks like mail, arguments: { pattern: '@' }, mustBeLessOrEqualTo: 2 }
      - name: status
        quality:
          - { metric: invalidValues, arguments: { validValues: [paid, sent, null] }, mustBe: 0, severity: warning }
          - { type: text, description: Agreed with sales. }
    quality:
      - { rule: duplicateValues, arguments: { properties: [id, status] }, mustBe: 0 }
      - { metric: rowCount, mustBeBetween: [2, 3] }
      - { type: custom, engine: soda, implementation: 'checks for orders' }
`;

const unreadable = `apiVersion: v3.1.0
kind: DataContract
schema:
  - name: orders
    quality:
      - { metric: averageOfEverything, mustBe: 0 }
      - { metric: rowCount, mustNotBe: 7 }
      - { metric: rowCount }
      - { metric: nullValues, mustBe: 0 }
      - { metric: duplicateValues, arguments: { properties: [id] }, mustBeGreaterThan: 1 }
`;

async function folderWith(text: string) {
  const dir = join(await scratchFolder(), 'checks');
  await mkdir(dir);
  const file = join(dir, 'orders.yaml');
  await writeFile(file, text);
  return { dir, file };
}

test('metrics of the standard that other tools write are our rules, with their limits', async () => {
  const { room, database, dir } = await openChecks();
  await makeTable(database, 'orders', {
    types: { id: 'integer' },
    rows: [
      { id: 1, mail: 'a@b', status: 'paid' },
      { id: 1, mail: null, status: 'paid' },
      { id: 2, mail: 'N/A', status: 'null' },
      { id: 3, mail: '', status: 'sent' },
    ],
  });
  await mkdir(join(dir, 'checks'), { recursive: true });
  await writeFile(join(dir, 'checks', 'orders.yaml'), contract);
  const [listed] = await room.list({});
  expect(listed).toMatchObject({ problems: [], others: 1 });
  const { findings } = await room.run({});
  expect(
    findings.map(({ check, kind, verdict, badRows, value }) => [check, kind, verdict, badRows, value]),
  ).toEqual([
    ['mail_there', 'not_null', 'fail', 1, 75],
    ['missingValues_mail', 'business_rule', 'fail', 3, 25],
    ['looks_like_mail', 'pattern', 'pass', 2, 33.33],
    ['invalidValues_status', 'accepted_values', 'warn', 1, 75],
    ['duplicateValues', 'unique', 'fail', 2, 50],
    ['rowCount', 'row_count', 'fail', 0, 4],
  ]);
});

test('what is read stays as it is written; what is edited becomes ours, what is taken away goes', async () => {
  const { dir, file } = await folderWith(contract);
  const [read] = await listRules(dir);
  const rules = read?.rules ?? [];
  await saveRules(dir, { table: 'orders' }, rules);
  const again = await readFile(file, 'utf8');
  expect((await listRules(dir))[0]?.rules).toEqual(rules);
  for (const word of [
    'metric: nullValues',
    'mustBeBetween: [ 2, 3 ]',
    'engine: soda',
    'Agreed with sales',
    '# from',
  ]) {
    expect(again).toContain(word);
  }
  expect(again).not.toContain('assay');
  const edited = rules.map((one) => (one.id === 'mail_there' ? { ...one, owner: 'Ann', failAbove: 5 } : one));
  const saved = await saveRules(
    dir,
    { table: 'orders' },
    edited.filter(({ id }) => id !== 'rowCount'),
  );
  expect(saved.rules.map(({ id }) => id)).toEqual(
    rules.map(({ id }) => id).filter((id) => id !== 'rowCount'),
  );
  expect(saved.rules[0]).toMatchObject({ id: 'mail_there', owner: 'Ann', failAbove: 5, kind: 'not_null' });
  const now = await readFile(file, 'utf8');
  expect(now).not.toContain('metric: nullValues');
  expect(now).not.toContain('rowCount');
  expect(now).toContain('property: owner');
});

test('what cannot be evaluated here is said, one by one', async () => {
  const { dir } = await folderWith(unreadable);
  const [read] = await listRules(dir);
  expect(read?.rules).toEqual([]);
  expect(read?.problems.map(({ message }) => message)).toEqual([
    'orders.yaml, line 6: this rule cannot be run: there is no metric "averageOfEverything" in the standard\'s library.',
    'orders.yaml, line 7: this rule cannot be run: mustNotBe of this value cannot be evaluated here.',
    'orders.yaml, line 8: this rule cannot be run: it needs exactly one of mustBe… and the like.',
    'orders.yaml, line 9: this rule cannot be run: it stands at no property, so that its column is not known.',
    'orders.yaml, line 10: this rule cannot be run: that some rows have to be bad cannot be asked for here.',
  ]);
});

const halfSaid = `apiVersion: v3.1.0
kind: DataContract
schema:
  - name: orders
    properties:
      - { name: v, required: true, logicalTypeOptions: { multipleOf: 0 } }
      - { name: id, required: true, logicalTypeOptions: { minimum: 5 } }
    quality:
      - { id: bound, type: custom, engine: assay, implementation: { kind: range, params: { column: id, max: 1000 } } }
      - { id: some, type: custom, engine: assay, implementation: { kind: not_null, params: { column: id }, where: id < 3 } }
      - { id: below, type: sql, query: select 20000000::float8, mustBeLessThan: 20000000 }
      - { id: above, type: library, metric: rowCount, mustBeGreaterThan: 9.5 }
`;

test('a promise that cannot be read is told, and a weaker rule does not stand for one', async () => {
  const { dir } = await folderWith(halfSaid);
  const [orders] = await listRules(dir);
  expect(orders?.problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^orders.yaml, line 6: what this property says of its values cannot be read: /),
  ]);
  expect(orders?.rules.map(({ id, kind, params }) => [id, kind, params['min'], params['max']])).toEqual([
    ['bound', 'range', undefined, 1000],
    ['some', 'not_null', undefined, undefined],
    ['below', 'sql_value', null, 19999999.999999996],
    ['above', 'row_count', 10, null],
    ['required_id', 'not_null', undefined, undefined],
    ['range_id', 'range', '5', ''],
  ]);
  const fails = { max: 19999999.999999996, min: -Number.MIN_VALUE };
  expect(limitWords({ max: fails.max })).toBe('less than 20000000');
  expect(boundWords({ ...fails, min: Number.MIN_VALUE }, '')).toBe('more than 0, less than 20,000,000');
  expect(breachOf(2e7, { sql: sql``, fails }, '')).toBe('It is 20,000,000, not less than 20,000,000.');
});

test('a rule keeps its owner and notes', async () => {
  const { dir, file } = await folderWith(
    'apiVersion: v3.1.0\nkind: DataContract\nschema:\n  - name: orders\n',
  );
  const rule = { id: 'a', kind: 'not_null', params: { column: 'id', emptyToo: false }, failAbove: 0 };
  const said = { ...rule, owner: 'Ann', notes: 'Nulls of May are known.' };
  expect((await saveRules(dir, { table: 'orders' }, [said])).rules).toEqual([said]);
  expect((await saveRules(dir, { table: 'orders' }, [rule])).rules).toEqual([rule]);
  expect(await readFile(file, 'utf8')).not.toContain('customProperties');
});

const promised = `apiVersion: v3.1.0
kind: DataContract
schema:
  - name: orders
    physicalType: table
    properties:
      - { name: id, primaryKey: true, primaryKeyPosition: 2 }
      - { name: shop, primaryKey: true, primaryKeyPosition: 1, required: true, relationships: [{ to: shops.id }] }
      - name: amount
        logicalType: number # in euros
        logicalTypeOptions: { minimum: 0, exclusiveMaximum: 100 }
        quality:
          - { type: sql, query: 'select avg(\${property}) from \${object}', mustBeLessThan: 50.5 }
          - { type: sql, query: 'select 1', mustBe: 1, dialect: snowflake }
      - name: mail
        unique: true
        logicalType: string
        logicalTypeOptions: { minLength: 3, maxLength: 9, pattern: '@', format: email }
      - { name: day, logicalType: date, logicalTypeOptions: { format: yyyy-MM-dd } }
    quality:
      - { type: sql, query: 'select count(*) from {object}', mustBeBetween: [2, 3] }
      - { type: sql, query: 'select count(*) from orders where amount < 0', mustBe: 0, severity: warning }
`;

test('what a contract says at its properties, and by SQL, are rules; edited or taken away it is so in the file', async () => {
  const { room, database, dir } = await openChecks();
  await makeTable(database, 'orders', {
    types: { id: 'integer', shop: 'integer', amount: 'integer', day: 'date' },
    rows: [
      { id: 1, shop: 1, amount: 100, mail: 'a@b', day: null },
      { id: 1, shop: 2, amount: -1, mail: 'ann@b.example', day: null },
      { id: null, shop: 2, amount: 3, mail: 'a@b', day: null },
    ],
  });
  await makeTable(database, 'shops', { types: { id: 'integer' }, rows: [{ id: 1 }] });
  await mkdir(join(dir, 'checks'), { recursive: true });
  const file = join(dir, 'checks', 'orders.yaml');
  await writeFile(file, promised);
  expect(await room.list({})).toMatchObject([{ problems: [], others: 1 }]);
  const { findings } = await room.run({});
  const found = findings.map(({ check, kind, verdict, badRows, value }) => [
    check,
    kind,
    verdict,
    badRows,
    value,
  ]);
  expect(found).toEqual([
    ['sql_amount', 'sql_value', 'pass', 0, 34],
    ['sql', 'sql_value', 'pass', 0, 3],
    ['sql_2', 'sql_value', 'warn', 0, 1],
    ['required_id', 'not_null', 'fail', 1, 66.67],
    ['required_shop', 'not_null', 'pass', 0, 100],
    ['refers_shop', 'foreign_key', 'fail', 2, 33.33],
    ['range_amount', 'range', 'fail', 1, 66.67],
    ['below_amount', 'business_rule', 'fail', 1, 66.67],
    ['unique_mail', 'unique', 'fail', 2, 33.33],
    ['length_mail', 'length', 'fail', 1, 66.67],
    ['pattern_mail', 'pattern', 'pass', 0, 100],
    ['format_mail', 'format', 'fail', 2, 33.33],
    ['primary_key', 'unique', 'pass', 0, 100],
    ['declared_columns', 'columns', 'pass', 0, 100],
  ]);
  const rules = (await listRules(join(dir, 'checks')))[0]?.rules ?? [];
  await room.save({ table: 'orders', rules: [...rules] });
  const same = await readFile(file, 'utf8');
  expect(same).not.toContain('assay');
  expect(same).toContain('number # in euros');
  const gone = ['required_id', 'format_mail', 'sql', 'refers_shop'];
  const edited = rules
    .filter(({ id }) => !gone.includes(id))
    .map((rule) => (rule.id === 'range_amount' ? { ...rule, failAbove: 50 } : rule));
  const saved = await room.save({ table: 'orders', rules: edited });
  expect(saved.rules.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
    edited.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  );
  const now = await readFile(file, 'utf8');
  for (const word of ['minimum:', 'format: email', '[ 2, 3 ]', 'primaryKeyPosition: 2', 'relationships'])
    expect(now).not.toContain(word);
  for (const word of ['exclusiveMaximum: 100', 'unique: true', 'id: sql_2', 'id: primary_key'])
    expect(now).toContain(word);
});
