import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listRules, saveRules } from '../../electron/engine/checks/rule-files.ts';
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
          - { metric: invalidValues, arguments: { validValues: [paid, sent] }, mustBe: 0, severity: warning }
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
      { id: 2, mail: 'N/A', status: 'lost' },
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
    ['looks_like_mail', 'pattern', 'pass', 2, 50],
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
