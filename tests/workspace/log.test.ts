import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workspaceLog } from '../../electron/engine/log.ts';
import { openTestEngine, scratchFolder } from '../open-test-engine.ts';

const read = (dir: string, file = 'engine.log') => readFile(join(dir, '.assay', 'logs', file), 'utf8');

test('the engine writes down its start, its restarts, who was refused and its end, and nothing of the data', async () => {
  const { dir, engine, close } = await openTestEngine();
  await engine.query.run({ text: `create table people as select 'Ada Secret' as name` });
  await expect(engine.query.run({ text: `select name::int from people` })).rejects.toThrow('Ada Secret');
  const abort = new AbortController();
  const long = engine.query.run(
    { text: 'select count(*) from generate_series(1, 3000000000)' },
    { signal: abort.signal },
  );
  await expect.poll(() => engine.workspace.status({})).toMatchObject({ state: 'busy' });
  abort.abort();
  await expect(long).rejects.toThrow();
  await expect(openTestEngine(dir)).rejects.toThrow('This workspace is open');
  await close();
  const log = await read(dir);
  const events = log
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split(' ')
        .slice(2)
        .join(' ')
        .replace(/ \w+=.*/, ''),
    );
  expect(events).toEqual(['engine opened', 'database restarted', 'engine refused', 'engine closed']);
  expect(log).toMatch(/database restarted .*cancelled=true/);
  expect(log).toContain('code="locked"');
  expect(log).not.toContain('Secret');
});

test('a fault of our own is written with its stack and its cause, and without what it quotes', async () => {
  const dir = await scratchFolder();
  await mkdir(join(dir, '.assay'));
  const cause = new SyntaxError('Unexpected token A, "Ada Secret" is not valid JSON');
  workspaceLog(dir, 'engine').bug(
    'tables.page',
    new TypeError(`Cannot read "Ada Secret" (reading 'name')`, { cause }),
  );
  const log = await read(dir);
  expect(log).toMatch(
    /bug in tables\.page: TypeError: Cannot read "…" \(reading 'name'\)\n +at .*log\.test\.ts/,
  );
  expect(log).toMatch(/\nbecause of SyntaxError \(its message may quote data and is left out\)\n +at /);
  expect(log).not.toContain('Secret');
});

test('the log stays within bounds, the newest last', async () => {
  const dir = await scratchFolder();
  await mkdir(join(dir, '.assay'));
  const log = workspaceLog(dir, 'app', 1000);
  for (let n = 1; n <= 200; n++) log.say('turn', { n });
  const files = await readdir(join(dir, '.assay', 'logs'));
  expect(files.sort()).toEqual(['app.1.log', 'app.2.log', 'app.3.log', 'app.log']);
  for (const file of files) expect((await stat(join(dir, '.assay', 'logs', file))).size).toBeLessThan(1100);
  expect(await read(dir, 'app.log')).toMatch(/n=200\n$/);
});

test('a folder that is no workspace gets no log', async () => {
  const dir = await scratchFolder();
  workspaceLog(dir, 'engine').say('engine opened');
  expect(existsSync(join(dir, '.assay'))).toBe(false);
});
