import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../open-test-engine.ts';

/** Writes a file into the workspace and returns its path. */
async function file({ dir }: TestEngine, name: string, content: string | Uint8Array): Promise<string> {
  const path = join(dir, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function rowsOf({ engine }: TestEngine, text: string): Promise<unknown[][]> {
  const [result] = await engine.query.run({ text });
  if (!result?.bytes) return [];
  return tableFromIPC(result.bytes)
    .toArray()
    .map((row) => Object.values(row.toJSON()));
}

test('a plain file becomes a typed table with its rows in order', async () => {
  const at = await openTestEngine();
  await file(
    at,
    'Orders 2024.csv',
    'id,amount,day,at,paid,zip,note\n1,10.50,2024-01-31,2024-01-31 10:00:00,true,01234,a\n2,3.25,2024-02-01,2024-02-01T11:30:00,false,98765,\n',
  );
  const loaded = await at.engine.import.load({ path: 'Orders 2024.csv' });
  expect(loaded.table).toBe('orders_2024');
  expect(loaded.account).toEqual({
    physical: 3, loaded: 2, rejected: 0, skipped: 1, skippedBy: { header: 1, blank: 0, preamble: 0 },
  });
  expect(loaded.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'id integer', 'amount numeric(18,2)', 'day date', 'at timestamp without time zone', 'paid boolean', 'zip text', 'note text',
  ]);
  expect(await rowsOf(at, 'select _row::int, id, amount::text, day::text, paid, zip, note from orders_2024 order by _row')).toEqual([
    [1, 1, '10.50', '2024-01-31', true, '01234', 'a'],
    [2, 2, '3.25', '2024-02-01', false, '98765', null],
  ]);
});
