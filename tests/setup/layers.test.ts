import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { appFile } from '../../electron/engine/app-files.ts';
import { scratchFolder } from '../open-test-engine.ts';

/** The names of the rules that a project of these files breaks. */
async function broken(files: Readonly<Record<string, string>>): Promise<string[]> {
  const dir = await scratchFolder();
  for (const folder of ['shared', 'electron', 'renderer']) mkdirSync(join(dir, folder));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  const bin = appFile('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const words = ['--config', appFile('.dependency-cruiser.cjs'), '--output-type', 'json'];
  const json = execFileSync(process.execPath, [bin, ...words, 'shared', 'electron', 'renderer'], {
    cwd: dir,
  });
  const { summary } = JSON.parse(String(json)) as { summary: { violations: { rule: { name: string } }[] } };
  return summary.violations.map(({ rule }) => rule.name).sort();
}

test('imports the wrong way are refused, each by its rule', async () => {
  const names = await broken({
    'shared/wire.ts': `import '../electron/main/main.ts'; import { readFile } from 'node:fs/promises'; readFile('x');`,
    'electron/main/main.ts': 'export const main = 1;',
    'shared/a.ts': `import { b } from './b.ts'; export const a = () => b;`,
    'shared/b.ts': `import { a } from './a.ts'; export const b = () => a;`,
    'renderer/engine.ts': `import type { Main } from '../electron/engine/import/load.ts'; export const x: Main = 1;`,
    'renderer/rooms/checks/list.ts': 'export const list = 1;',
    'electron/engine/columns/copies.ts': `import '../import/load.ts';`,
    'renderer/rooms/import/form.tsx': `export const later = import('../checks/list.ts'); export const x = <p />;`,
    'electron/engine/import/load.ts': `import '../pipelines/run.ts'; export type Main = number;`,
    'electron/engine/pipelines/run.ts': `import '../../../renderer/engine.ts';`,
    'electron/engine/files/encoding/decode.ts': `import '../dialect/sniff.ts'; import '../room.ts';`,
    'electron/engine/files/dialect/sniff.ts': 'export const sniff = 1;',
    'electron/engine/files/room.ts': 'export const room = 1;',
    'electron/engine/engine.ts': `import { app } from 'electron'; app.quit();`,
  });
  expect(names).toEqual([
    'below-the-rooms',
    'encoding-before-cells',
    'engine-knows-no-window',
    'engine-runs-in-node',
    'files-from-its-folders',
    'import-before-tables',
    'no-circles',
    'rooms-of-the-window-apart',
    'shared-on-neither-side',
    'shared-without-node',
    'window-knows-shared-only',
  ]);
});

test('imports the right way pass', async () => {
  const names = await broken({
    'shared/sql.ts': 'export const sql = 1;',
    'shared/wire.ts': `import { sql } from './sql.ts'; export const wire = sql;`,
    'electron/engine/files/dialect/sniff.ts': 'export const sniff = 1;',
    'electron/engine/promote/plan.ts': `import '../files/dialect/sniff.ts'; import '../../../shared/wire.ts';`,
    'electron/engine/engine-process.ts': `import { app } from 'electron'; app.quit();`,
    'renderer/engine.ts': `import '../shared/wire.ts';`,
  });
  expect(names).toEqual([]);
});
