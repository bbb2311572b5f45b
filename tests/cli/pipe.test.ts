import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { appFile } from '../../electron/engine/app-files.ts';
import { scratchFolder } from '../open-test-engine.ts';

test('a reader that has seen enough ends the command without a word', { timeout: 60_000 }, async () => {
  const dir = await scratchFolder();
  await writeFile(join(dir, 'assay.yaml'), 'version: 1\nname: Pipe\ntargets: []\n');
  const rows = "select repeat('x', 100) from generate_series(1, 50000)";
  const child = spawn(process.execPath, [appFile('dist/cli.js'), 'query', rows, '--format', 'csv'], {
    cwd: dir,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
  expect([stderr, child.exitCode]).toEqual(['', 0]);
  expect(existsSync(join(dir, '.assay', 'lock'))).toBe(false);
});
