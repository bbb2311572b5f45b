import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import check from '../../electron/cli/commands/check.ts';
import { junitXml } from '../../electron/cli/junit.ts';
import { reportHtml } from '../../electron/cli/report-html.ts';
import type { Finding, Verdict } from '../../shared/contract/checks.ts';
import type { Engine } from '../../shared/contract/index.ts';
import { problem } from '../../shared/problem.ts';
import { makeTable, type OpenChecks, openChecks, rule } from './open-checks.ts';

const assayCheck = (
  { room, dir }: OpenChecks,
  args: string[] = [],
  options: { strict?: boolean; allowNotEvaluated?: boolean; report?: string } = {},
) =>
  check.run({
    args,
    options,
    dir,
    engine: async () =>
      ({
        checks: {
          run: (chosen: object) => room.run(chosen),
          list: () => room.list({}),
          history: (of: { table: string; check: string; limit: number }) => room.history(of),
        },
      }) as unknown as Engine,
    long: {},
  });

test('options that would be passed over are refused', async () => {
  const words = async (options: Record<string, unknown>) =>
    await Promise.resolve(
      check.run({ args: [], options, dir: '', engine: async () => ({}) as Engine, long: {} }),
    ).catch(({ problem: { message } }) => message);
  expect(await words({ accept: 0.9 })).toBe('--accept says nothing without --repair.');
  expect(await words({ detect: 'orders', into: 'x' })).toBe('--into says nothing without --repair.');
  expect(await words({ detect: 'orders', suggest: true })).toBe('--detect and --suggest do not go together.');
  expect(await words({ suggest: true, junit: 'x' })).toBe('--suggest and --junit do not go together.');
});

test('says each finding, and ends with 1 where a rule fails', async () => {
  const open = await openChecks();
  await makeTable(open.database, 'orders', { rows: [{ id: '1' }, { id: null }, { id: '3' }] });
  const words = { description: 'Each is <billed>.', owner: 'Ann', notes: 'Asked in May.' };
  await open.room.save({ table: 'orders', rules: [rule('id_filled', 'not_null', { column: 'id' }, words)] });
  await assayCheck(open);
  const report = join(open.dir, 'report.html');
  const { json, text, exit } = await assayCheck(open, [], { report });
  expect(exit).toBe(1);
  const html = await readFile(report, 'utf8');
  expect(html).toContain('66.67% pass; 1 of 3 rows breaks it.');
  expect(html).toContain('<td>2</td><td class="broken">null</td>');
  expect(html).toContain('aria-label="2 runs, from 66.67 to 66.67"');
  expect(html).toContain('<p>Each is &lt;billed&gt;.</p>');
  expect(html).toContain('Owner: Ann · Asked in May.');
  expect(html).not.toMatch(/https?:|<script/);
  expect(text).toContain('fail     orders  id_filled  66.67%  1 of 3    `id` is filled in');
  expect(json).toMatchObject({
    verdict: 'fail',
    findings: [
      {
        check: 'id_filled',
        kind: 'not_null',
        table: 'orders',
        columns: ['id'],
        verdict: 'fail',
        value: 66.67,
        rowsRead: 3,
        badRows: 1,
        sql: 'select _row from "orders" where "id" is null',
      },
    ],
    problems: [],
  });
});

test('a warning ends with 0, under --strict with 1; what was not evaluated with 1 unless that is allowed; an error always with 1', async () => {
  const open = await openChecks();
  await makeTable(open.database, 'warned', { rows: [{ id: null }, { id: '3' }] });
  await makeTable(open.database, 'empty', { rows: [], types: { id: 'text' } });
  const filled = rule('id_filled', 'not_null', { column: 'id' }, { warnAbove: 0, failAbove: 100 });
  for (const table of ['warned', 'empty', 'gone']) await open.room.save({ table, rules: [filled] });
  const exits: Record<string, unknown> = {};
  for (const table of ['warned', 'empty', 'gone']) {
    const ways = [
      {},
      { strict: true },
      { allowNotEvaluated: true },
      { strict: true, allowNotEvaluated: true },
    ];
    exits[table] = [];
    for (const options of ways)
      (exits[table] as unknown[]).push((await assayCheck(open, [table], options)).exit);
  }
  expect(exits).toEqual({ warned: [0, 1, 0, 1], empty: [1, 1, 0, 0], gone: [1, 1, 1, 1] });
  const both = await assayCheck(open, ['warned', 'empty']);
  expect([both.exit, both.text]).toEqual([1, expect.stringContaining('1 not evaluated, 1 warn')]);
  const report = assayCheck(open, ['warned'], { report: join(open.dir, 'no', 'such', 'report.html') });
  await expect(report).rejects.toMatchObject({
    problem: {
      code: 'bad_input',
      message: expect.stringMatching(/cannot be written: its folder is not there\.$/),
    },
  });
});

test('a report tells what a contract promises and is not evaluated', () => {
  const unevaluated = ['o.yaml, line 3: the format "ipv6" is not <evaluated>.'];
  const result = { verdict: 'pass', findings: [], problems: [], others: 0, unevaluated } as const;
  const report = reportHtml(result, { histories: new Map(), rules: new Map() }, new Date(0));
  expect(report).toMatch(/line 3: the format .*ipv6.* is not &lt;evaluated&gt;/);
});

test('findings are written as JUnit XML: a failure, an error, what was skipped, and a warning that passes', () => {
  const finding = (verdict: Verdict, more: Partial<Finding> = {}): Finding => ({
    ...{
      id: 1,
      check: 'c',
      kind: 'not_null',
      class: 'completeness',
      table: 'a<b',
      columns: [],
      says: 'says "&"',
      verdict,
    },
    ...{
      value: null,
      unit: null,
      relation: null,
      bounds: null,
      sample: [],
      rowsRead: 4,
      rowsJudged: 4,
      badRows: 1,
      reason: null,
      sql: 'a < b',
      ms: 1500,
      at: '',
    },
    ...more,
  });
  const result = {
    verdict: 'error' as const,
    others: 0,
    unevaluated: [],
    findings: [
      finding('fail', { rowsRead: 1000 }),
      finding('error', { reason: 'no \u0000 column' }),
      finding('not evaluated', { reason: 'no rows' }),
      finding('warn', { value: 3, unit: 'rows' }),
      finding('pass'),
    ],
    problems: [problem('bad_input', 'unreadable').problem],
  };
  const xml = junitXml(result, { allowNotEvaluated: true });
  // What makes the command end with 1 is no success here either.
  const strict = junitXml(result, { strict: true });
  expect(strict).toContain('tests="5" failures="2" errors="2" skipped="0">');
  expect(strict).toContain('<failure message="3 rows" type="warn">');
  expect(strict).toContain('<error message="no rows" type="not evaluated">');
  expect(xml).toContain('<testsuite name="a&lt;b" tests="5" failures="1" errors="1" skipped="1">');
  expect(xml).toContain(
    'name="c: says &quot;&amp;&quot;" time="1.500"><failure message="1 of 4 rows judged (1,000 read) breaks it" type="fail">a &lt; b</failure>',
  );
  expect(xml).toContain('<error message="no \uFFFD column" type="error">');
  expect(xml).toContain('<skipped message="no rows"/>');
  expect(xml).toContain('<system-out>warning: 3 rows</system-out>');
  expect(xml).toContain('<error message="unreadable"/>');
});

test('a workspace without rules says what to do', async () => {
  const { text, exit } = await assayCheck(await openChecks());
  expect(text).toMatch(/^There are no rules to check/);
  expect(exit).toBe(1);
});
