import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listRules } from '../../electron/engine/checks/rule-files.ts';
import type { ShopTable } from '../../electron/setup/sample/workspace/columns.ts';
import { contractYaml } from '../../electron/setup/sample/workspace/contract-yaml.ts';
import { shopRules } from '../../electron/setup/sample/workspace/rules.ts';
import { schemaOf } from '../../shared/params.ts';
import { checkDefinition } from '../../shared/registry.ts';
import { scratchFolder } from '../open-test-engine.ts';

test('every rule of the sample is read as it was meant', async () => {
  const dir = join(await scratchFolder(), 'checks');
  await mkdir(dir);
  const tables = Object.keys(shopRules) as ShopTable[];
  for (const table of tables) await writeFile(join(dir, `${table}.yaml`), contractYaml(table));
  const listed = await listRules(dir);
  expect(listed.map(({ table }) => table)).toEqual([...tables].sort());
  for (const { table, rules, problems } of listed) {
    const meant = shopRules[table as ShopTable];
    expect(problems).toEqual([]);
    expect(rules.map(({ id }) => id).sort()).toEqual(meant.map(({ id }) => id).sort());
    for (const { id, kind, params } of rules) {
      const parsed = schemaOf(checkDefinition(kind).params).safeParse(params);
      expect(parsed.success ? [] : parsed.error.issues, `${table}.${id}`).toEqual([]);
      const column = meant.find((rule) => rule.id === id)?.column;
      if (parsed.success && column) expect(checkDefinition(kind).marks(parsed.data)).toEqual([column]);
    }
  }
});
