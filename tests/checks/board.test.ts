import { expect, test } from 'vitest';
import { passRate } from '../../electron/engine/checks/verdict.ts';
import { monitorScale } from '../../renderer/rooms/checks/history/monitor-scale.ts';
import { boardOf, byVerdict, saysBoard, squaresOf } from '../../renderer/rooms/checks/verdicts/board.ts';
import type { CheckRule, Finding, Verdict } from '../../shared/contract/checks.ts';
import type { Problem } from '../../shared/problem.ts';
import { rule } from './open-checks.ts';

const finding = ({ id, kind }: CheckRule, says: string, verdict: Verdict): Finding => ({
  ...{ id: 1, check: id, kind, class: 'completeness', table: 'people', columns: ['name'], says, verdict },
  ...{
    value: 50,
    rowsRead: 2,
    rowsJudged: 2,
    badRows: 1,
    unit: null,
    relation: null,
    bounds: null,
    sample: [],
    reason: null,
    sql: null,
    ms: 1,
    at: '2026-01-01T00:00:00.000Z',
  },
});

test('a square shows its worst verdict, and does not hide a warning behind it', () => {
  const rules = ['a', 'b', 'c', 'd'].map((id) => rule(id, 'not_null', { column: 'name' }));
  const verdicts: Verdict[] = ['fail', 'warn', 'warn', 'pass'];
  const says = '`name` is filled in';
  const findings = rules.map((one, at) => finding(one, says, verdicts[at]!));
  const [people] = boardOf(
    [],
    [{ table: 'people', file: 'people.yaml', columns: [], rules, others: 0, problems: [] }],
    findings,
  );
  expect(people?.rules.map((state) => state.says)).toEqual(Array(4).fill(says));
  const [square] = squaresOf(people!).filter((one) => one !== undefined);
  expect(square).toMatchObject({ verdict: 'fail', count: 1, others: [{ verdict: 'warn', count: 2 }] });
  const [calm] = boardOf(
    [],
    [{ table: 'people', file: 'people.yaml', columns: [], rules, others: 0, problems: [] }],
    [...findings.slice(1, 3)],
  );
  expect(squaresOf(calm!).filter((one) => one !== undefined)).toMatchObject([
    { verdict: 'warn', count: 2, others: [] },
  ]);
});

test('rules that could not run come first, and a file that cannot be read is told beside what is counted', () => {
  const rules = ['a', 'b', 'c'].map((id) => rule(id, 'not_null', { column: 'name' }));
  const verdicts: Verdict[] = ['warn', 'fail', 'error'];
  const failed: Problem = { code: 'bad_input', message: 'x' };
  const file = { columns: [], others: 0, problems: [] };
  const board = boardOf(
    [],
    [
      { ...file, table: 'people', file: 'people.yaml', rules },
      { ...file, table: 'pets', file: 'pets.yaml', rules: [], problem: failed, problems: [failed] },
    ],
    rules.map((one, at) => finding(one, '`name` is filled in', verdicts[at]!)),
  );
  const order = board.flatMap((state) => state.rules).toSorted(byVerdict);
  expect(order.map((state) => state.rule.id)).toEqual(['c', 'b', 'a']);
  expect(saysBoard(board)).toBe(
    '3 rules on 1 table and rules of 1 file that cannot be read · 1 fail · 1 error · 1 warn',
  );
  expect(saysBoard(board.slice(1))).toBe('rules of 1 file that cannot be read');
});

test('nearly all is not all, and nearly none not none', () => {
  const rates = [
    [0, 3],
    [1, 3],
    [1, 1_000_000],
    [999_999, 1_000_000],
    [3, 3],
    [0, 0],
  ] as const;
  expect(rates.map(([bad, of]) => passRate(bad, of))).toEqual([100, 66.67, 99.99, 0.01, 0, null]);
});

test('the band of a monitor stays within the drawing', () => {
  const values = ['2026-01-03', '2026-01-02', '2026-01-01'].map((day) => ({
    ...{ value: 10, at: `${day}T00:00:00.000Z`, version: 1, incident: null, changes: [] },
    bounds: { min: 8, max: 12 },
  }));
  const { band, left, right } = monitorScale(values, { width: 200, height: 100 });
  const places = [...band.matchAll(/[ML]([\d.]+) /g)].map(([, x]) => Number(x));
  expect([Math.min(...places), Math.max(...places)]).toEqual([left, right]);
});
