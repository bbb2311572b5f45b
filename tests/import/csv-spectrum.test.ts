import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { openTestEngine } from '../open-test-engine.ts';
import { rowsOf } from './workspace-files.ts';

const folder = join(import.meta.dirname, '../fixtures/csv-spectrum');

test('every file of csv-spectrum reads back cell for cell', async () => {
  const at = await openTestEngine();
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.csv'))) {
    const { table, columns, account } = await at.engine.import.load({
      path: join(folder, name),
      allText: true,
    });
    const names = columns.map((column) => column.originalName);
    const list = columns.map((column) => `"${column.name}"`).join(', ');
    const rows = await rowsOf(at, `select ${list} from "${table}" order by _row`);
    expect([name, account.rejected]).toEqual([name, 0]);
    expect([
      name,
      rows.map((row) => Object.fromEntries(row.map((cell, place) => [names[place], cell]))),
    ]).toEqual([name, expectedRows(name)]);
  }
});

/** What the collection says a file holds; for `location_coordinates` its number is not the one in the file. */
function expectedRows(name: string): unknown[] {
  const json: unknown = JSON.parse(readFileSync(join(folder, `${basename(name, '.csv')}.json`), 'utf8'));
  const rows = (Array.isArray(json) ? json : [json]) as Record<string, string>[];
  if (name !== 'location_coordinates.csv') return rows;
  return rows.map((row) => ({ ...row, 'Contact Phone Number': '2095257564' }));
}
