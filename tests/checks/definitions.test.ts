import { iconNames } from 'lucide-react/dynamic';
import { describe, expect, test } from 'vitest';
import type { Draft } from '../../electron/engine/checks/drafts.ts';
import { planRule } from '../../electron/engine/checks/plan-rule.ts';
import { runTable } from '../../electron/engine/checks/run-table.ts';
import { checkFaults } from '../../shared/check-faults.ts';
import type { CheckDefinition } from '../../shared/define-check.ts';
import { text } from '../../shared/params.ts';
import { checks } from '../../shared/registry.ts';
import { sql, subselect } from '../../shared/sql.ts';
import { sharedDatabase } from '../open-test-engine.ts';
import { columnsOf } from '../steps/example-rows.ts';
import { hostileNames } from '../steps/hostile-names.ts';
import { hostileCheckExample, hostileParams } from './hostile-check.ts';
import { makeTable, rule } from './open-checks.ts';

type Example = CheckDefinition['examples'][number];

const database = sharedDatabase();

async function evaluate(
  kind: string,
  { params, table, others = {}, earlier = [] }: Example,
  name = 'checked',
) {
  await makeTable(database(), name, table);
  for (const [other, rows] of Object.entries(others)) await makeTable(database(), other, rows);
  await remember(kind, params, name, earlier);
  const signal = new AbortController().signal;
  const [finding] = await runTable(
    { database: database(), signal },
    name,
    [rule('a_rule', kind, params)],
    () => {},
  );
  if (!finding) throw new Error('The rule gave no finding.');
  const bad =
    finding.sql && finding.verdict !== 'error' && finding.unit === null
      ? await database().query<{ at: number; cells: string[] | null }>(
          sql`select _row::int - 1 as at, to_jsonb(q) -> '_cells' as cells from ${subselect(finding.sql)} as q order by 1`,
        )
      : [];
  return { finding, bad: bad.map(({ at }) => at), cells: bad.map(({ cells }) => cells) };
}

/** Findings as earlier runs would have kept them. */
async function remember(
  kind: string,
  params: object,
  name: string,
  earlier: NonNullable<Example['earlier']>,
) {
  await database().run(sql`delete from assay.data_quality_checks`);
  for (const { value, at, incident = null } of earlier.toReversed()) {
    await database().run(sql`insert into assay.data_quality_checks
      (table_name, quality_check, kind, class, params, says, verdict, value, unit, checked_at, incident) values (${name}, 'a_rule', ${kind},
      'range', ${JSON.stringify(params)}::text::jsonb, '', 'pass', ${value}::float8, '', ${at}::timestamptz, ${incident})`);
  }
}

/** What an example says of the verdict. */
function expectVerdict({ metric }: CheckDefinition, example: Example, finding: Draft): void {
  const expected = example.verdict ?? (finding.badRows > 0 ? 'fail' : 'pass');
  expect(finding.verdict, finding.reason ?? '').toBe(expected);
  if (!metric) return;
  if (example.value === null) expect(finding.value).toBe(null);
  else if (example.value !== undefined) expect(finding.value).toBeCloseTo(example.value, 6);
}

const stillThere = () => database().one(sql`select to_regclass('assay.tables')::text as there`);

test('kinds that everybody looks for are there', () => {
  expect([...checks.keys()]).toEqual(
    expect.arrayContaining([
      'accepted_values',
      'business_rule',
      'columns',
      'foreign_key',
      'not_null',
      'pattern',
      'range',
      'unique',
    ]),
  );
});

describe.each([...checks])('%s', (kind, definition) => {
  test('is complete', () => {
    expect(checkFaults(definition)).toEqual([]);
    expect(iconNames).toContain(definition.icon);
  });

  test.each(definition.examples.map((example) => [example.says, example] as const))(
    '%s',
    async (_says, example) => {
      const { finding, bad, cells } = await evaluate(kind, example);
      expect(bad).toEqual(example.bad ?? []);
      expect(cells).toEqual(example.cells ?? bad.map(() => null));
      const sampled = finding.sample.toSorted((a, b) => a.row - b.row).map((one) => one.bad ?? null);
      if (finding.unit === null) expect(sampled).toEqual(cells);
      expectVerdict(definition, example, finding);
      if (!definition.metric) {
        expect(finding.badRows).toBe(
          definition.differences ? example.differences?.length : example.bad?.length,
        );
      }
      if (definition.differences) expect(finding.reason ?? '').toBe(example.differences?.join('; '));
      else expect(finding.rowsRead).toBe(example.table.rows.length);
    },
  );

  // The first example meets every name, the others three of them each, so that all names and all examples are met.
  test.each(hostileNames.map((name, at) => [name, at] as const))(
    'holds names like %j',
    async (hostile, place) => {
      for (const [at, example] of definition.examples.entries()) {
        if (at > 0 && (place + at) % 4 !== 0) continue;
        const renamed = hostileCheckExample(definition, example, hostile, `${hostile}9`);
        const { finding, bad } = await evaluate(kind, renamed, `${hostile}9`);
        expectVerdict(definition, renamed, finding);
        expect(bad).toEqual(example.bad ?? []);
      }
      expect(await stillThere()).toEqual({ there: 'assay.tables' });
    },
  );

  test('cannot be made to run a value', async () => {
    for (const example of definition.examples) {
      const params = hostileParams(definition.params, example.params);
      const { finding } = await evaluate(kind, { ...example, params });
      expect(['fail', 'warn', 'pass', 'not evaluated', 'error']).toContain(finding.verdict);
    }
    expect(await stillThere()).toEqual({ there: 'assay.tables' });
  });

  test('never passes with parameters left empty', () => {
    const columns = columnsOf(definition.examples[0]?.table ?? { rows: [] });
    const plan = planRule(rule('a_rule', kind, {}), 'checked', columns);
    expect(plan).toMatchObject({ by: 'nothing', problem: { code: 'bad_input' } });
  });
});

test('a table may be called as the other one is inside a rule', async () => {
  for (const kind of ['foreign_key', 'same_in_table']) {
    for (const example of checks.get(kind)?.examples ?? []) {
      const { bad, cells } = await evaluate(kind, example, '_other');
      expect(bad).toEqual(example.bad ?? []);
      expect(cells).toEqual(example.cells ?? bad.map(() => null));
    }
  }
});

test('a figure is held against loads of the season of its own load, whenever it is checked', async () => {
  const params = { figure: 'rows', column: '', season: 'weekday', tolerance: null, least: 3 };
  const sundays = ['2026-01-18', '2026-01-11', '2026-01-04'].map((day) => ({
    value: 1,
    at: `${day}T00:00:00.000Z`,
  }));
  await makeTable(database(), 'checked', { rows: [{ a: '1' }] });
  await remember('usual_value', params, 'checked', sundays);
  const verdicts: unknown[] = [];
  for (const day of ['2026-01-25', '2026-01-26']) {
    await database().run(
      sql`update assay.tables set updated_at = ${`${day}T12:00:00Z`}::timestamptz where name = 'checked'`,
    );
    const { signal } = new AbortController();
    const rules = [rule('a_rule', 'usual_value', params)];
    const [finding] = await runTable({ database: database(), signal }, 'checked', rules, () => {});
    verdicts.push(finding?.verdict);
  }
  expect(verdicts).toEqual(['pass', 'not evaluated']);
});

describe('a definition that is not complete is refused', () => {
  const complete = checks.get('not_null') as CheckDefinition;

  test.each<[string, Partial<CheckDefinition>, string[]]>([
    ['without help', { help: '' }, ['has no help']],
    ['without examples', { examples: [] }, ['has no examples']],
    ['without an icon', { icon: '' }, ['has no icon in kebab-case']],
    [
      'with a parameter nobody explains',
      { params: { column: text('Column', ''), emptyToo: text('E', 'E') } },
      [
        'has no help for the parameter column',
        'has an example "null breaks it, empty text does not" whose parameters are not valid',
        'has an example "empty text breaks it where it counts as missing" whose parameters are not valid',
      ],
    ],
    [
      'with no way to find bad rows',
      { breaks: undefined },
      ['needs exactly one of breaks, badRows, differences and metric'],
    ],
    [
      'with two ways',
      { badRows: () => sql`select 1` },
      ['needs exactly one of breaks, badRows, differences and metric'],
    ],
    [
      'with an example that expects nothing',
      { examples: [{ says: 'is wrong', params: { column: 'a', emptyToo: false }, table: { rows: [] } }] },
      ['has an example "is wrong" that expects nothing', 'has no example that breaks the rule'],
    ],
  ])('%s', (_says, broken, faults) => {
    expect(checkFaults({ ...complete, ...broken } as CheckDefinition)).toEqual(faults);
  });
});
