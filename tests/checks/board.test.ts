import { expect, test } from 'vitest';
import { boardOf, squaresOf } from '../../renderer/rooms/checks/board.ts';
import type { CheckRule, Finding, Verdict } from '../../shared/contract/checks.ts';
import { rule } from './open-checks.ts';

const finding = ({ id, kind }: CheckRule, says: string, verdict: Verdict): Finding => ({
  ...{ id: 1, check: id, kind, class: 'completeness', table: 'people', columns: ['name'], says, verdict },
  ...{
    value: 50,
    rowsRead: 2,
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
