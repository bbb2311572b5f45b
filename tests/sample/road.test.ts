import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { generateShop, shopImports, writeShop } from '../../electron/setup/sample/shop.ts';
import type { CheckResult } from '../../shared/contract/checks.ts';
import type { Engine } from '../../shared/contract/index.ts';
import type { RunResult } from '../../shared/contract/pipelines.ts';
import { openTestEngine } from '../open-test-engine.ts';
import { countPlanted, type PlantedDefect } from './planted.ts';

const { defects } = parse(generateShop().files.get('defects.yaml') ?? '') as {
  defects: readonly PlantedDefect[];
};

test('the sample goes the whole road: what is planted is found, and nothing else', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'shop-road-'));
  try {
    await walk(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}, 180_000);

async function walk(dir: string): Promise<void> {
  writeShop(dir);
  const { engine, close } = await openTestEngine(dir);
  for (const { file, table, types } of shopImports) {
    const imported = await engine.import.load({ path: file, mode: 'create' });
    const refused = defects.filter((defect) => defect.check === null && defect.table === table);
    expect(Object.fromEntries(imported.columns.map(({ name, type }) => [name, type]))).toEqual(types);
    expect(imported.account.rejected).toBe(refused.length);
    const { rejects } = await engine.import.rejects({ table, offset: 0, limit: 10 });
    expect(rejects.map(({ line }) => line)).toEqual(refused.map(({ where }) => where[0]?.line));
  }
  expectFound(await engine.checks.run({}));
  await expectSuggested(engine);
  expectSteps(await engine.pipelines.run({ name: 'order-revenue', full: false }));
  await close();
}

/** The contracts without their rules: what they promise of columns, and the data, is all that suggestions go by. */
async function expectSuggested(engine: Engine): Promise<void> {
  for (const { table } of shopImports) await engine.checks.save({ table, rules: [] });
  const { missed, found, falseOnes } = await countPlanted(engine, defects);
  expect(missed).toEqual([]);
  expect(found).toHaveLength(defects.filter(({ check }) => check !== null).length);
  // Where a postal code is not known it was left out, which is no error.
  expect(falseOnes).toEqual(['customers: `postal_code` is filled in, and not with empty text (23)']);
}

/** What natural gaps in the data break, beside what was planted. */
const natural = ['customers_phone_present', 'orders_payment_method_present'];

function expectFound({ findings, verdict }: CheckResult): void {
  const planted = new Map(defects.map(({ check, rows }) => [check, rows]));
  expect(verdict).toBe('fail');
  expect(findings.filter((finding) => finding.verdict === 'error')).toEqual([]);
  const failed = findings.filter((finding) => finding.verdict === 'fail');
  expect(new Set(failed.map(({ check }) => check))).toEqual(new Set([...planted.keys()].filter(Boolean)));
  for (const { check, badRows, class: kind } of failed) {
    if (kind !== 'schema') expect([check, badRows]).toEqual([check, planted.get(check)]);
  }
  const others = findings.filter(({ check, badRows }) => !planted.has(check) && badRows > 0);
  expect(others.map(({ check }) => check).sort()).toEqual(natural);
  expect(findings.find(({ check }) => check === natural[0])?.verdict).toBe('warn');
}

function expectSteps({ status, steps, problem }: RunResult): void {
  expect([status, problem]).toEqual(['done', undefined]);
  const rows = new Map(steps.map((step) => [step.id, step.rows]));
  expect(rows.get('one_per_customer')).toBe(1200);
  expect((rows.get('sold') ?? 0) + (rows.get('cancelled_orders') ?? 0)).toBe(9100);
  expect(rows.get('with_country')).toBe((rows.get('sold') ?? 0) - 3);
}
