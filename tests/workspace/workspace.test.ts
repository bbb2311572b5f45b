import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { migrate } from '../../electron/engine/migrate/migrate.ts';
import { lockWorkspace } from '../../electron/engine/workspace/lock.ts';
import { changeSettings, readSettings } from '../../electron/engine/workspace/settings.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import type { Target } from '../../shared/contract/workspace.ts';
import { sql } from '../../shared/sql.ts';
import { openTestEngine, scratchFolder } from '../open-test-engine.ts';

async function open(dir: string, create = false) {
  const workspace = await openWorkspace({ dir, create });
  onTestFinished(() => workspace.close());
  return workspace;
}

test('a folder becomes a workspace, and opens again as it was', async () => {
  const dir = await scratchFolder();
  const first = await open(dir, true);
  await first.database.run(sql`create table kept (a int)`);
  await first.close();
  const second = await open(dir);
  expect(await second.database.query(sql`select * from kept`)).toEqual([]);
  expect(await readFile(join(dir, '.gitignore'), 'utf8')).toBe('.assay/\n');
});

test('a folder without assay.yaml is refused unless it shall become one', async () => {
  await expect(open(await scratchFolder())).rejects.toMatchObject({
    problem: { code: 'not_found', hint: expect.stringContaining('assay init') },
  });
});

test('a workspace that another process holds is refused, and says who', async () => {
  const dir = await scratchFolder();
  await (await open(dir, true)).close();
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  onTestFinished(() => void other.kill('SIGKILL'));
  await once(other, 'spawn');
  const stat = await readFile(`/proc/${other.pid}/stat`, 'utf8');
  const born = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  const { hostname } = await import('node:os');
  const holder = { pid: other.pid, host: hostname(), born, program: 'the Assay app' };
  await writeFile(join(dir, '.assay', 'lock'), JSON.stringify(holder));
  await expect(open(dir)).rejects.toMatchObject({
    problem: { code: 'locked', message: `This workspace is open in the Assay app (process ${other.pid}).` },
  });
  other.kill('SIGKILL');
  await once(other, 'exit');
  await open(dir);
});

test.each([
  ['of a dead process', JSON.stringify({ pid: 2 ** 22 - 3, host: 'HOST', born: '1', program: 'x' })],
  ['of a process number used again', JSON.stringify({ pid: 1, host: 'HOST', born: 'never', program: 'x' })],
  ['left empty by a crash', ''],
])('a stale lock %s is taken over', async (_what, text) => {
  const { hostname } = await import('node:os');
  const file = join(await scratchFolder(), 'lock');
  await writeFile(file, text.replace('HOST', hostname()));
  const unlock = await lockWorkspace(file);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid: process.pid });
  await unlock();
  await expect(readFile(file)).rejects.toThrow('ENOENT');
});

test('of many who want a stale lock at once, one gets it', async () => {
  const file = join(await scratchFolder(), 'lock');
  await writeFile(file, '');
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockWorkspace(file)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a newer catalog is refused and left alone', async () => {
  const dir = await scratchFolder();
  const first = await open(dir, true);
  await first.database.run(sql`insert into assay.migrations (name) values ('9999_future.sql')`);
  await first.close();
  await expect(open(dir)).rejects.toMatchObject({
    problem: { code: 'newer_version', message: expect.stringContaining('9999_future.sql') },
  });
});

test('a newer assay.yaml is refused, a broken one shows its line', async () => {
  const dir = await scratchFolder();
  await writeFile(join(dir, 'assay.yaml'), 'version: 99\nname: x\n');
  await expect(open(dir)).rejects.toMatchObject({ problem: { code: 'newer_version' } });
  await writeFile(join(dir, 'assay.yaml'), 'version: 1\nname: [x\n');
  await expect(open(dir)).rejects.toMatchObject({
    problem: { code: 'bad_input', at: { line: expect.any(Number) } },
  });
});

test('data of another PostgreSQL major is refused', async () => {
  const dir = await scratchFolder();
  await (await open(dir, true)).close();
  await writeFile(join(dir, '.assay', 'data', 'PG_VERSION'), '17\n');
  await expect(open(dir)).rejects.toMatchObject({ problem: { code: 'newer_version' } });
});

test('migrating again does nothing', async () => {
  const { database } = await open(await scratchFolder(), true);
  const before = await database.query(sql`select * from assay.migrations`);
  await migrate(database);
  expect(await database.query(sql`select * from assay.migrations`)).toEqual(before);
});

test('settings change without losing what others wrote there', async () => {
  const dir = await scratchFolder();
  await writeFile(join(dir, 'assay.yaml'), '# ours\nversion: 1\nname: Old\nplugin: { keep: me }\n');
  await changeSettings(dir, { name: 'New' });
  expect(await readFile(join(dir, 'assay.yaml'), 'utf8')).toBe(
    '# ours\nversion: 1\nname: New\nplugin: { keep: me }\n',
  );
  expect(await readSettings(dir)).toMatchObject({ name: 'New', targets: [] });
});

test('what is not changed in the settings keeps its comments, and a change by hand is told', async () => {
  const { engine, dir, events } = await openTestEngine();
  const file = join(dir, 'assay.yaml');
  const written = `version: 1
name: Shop # as the sign says
targets:
  - name: prod # the real one
    kind: postgres
    host: db
    database: shop
checks:
  # told on call
  alerts: { command: notify, x: 1 }
  tables:
    orders: # the heart
      owner: Ada # since May
      critical: true
`;
  await writeFile(file, written);
  await vi.waitFor(() => expect(events).toContainEqual({ event: 'changed', room: 'workspace' }), 10_000);
  const { checks, targets } = await engine.workspace.info({});
  await engine.workspace.saveChecks({ checks });
  const same = await readFile(file, 'utf8');
  for (const comment of [
    '# as the sign says',
    '# the real one',
    '# told on call',
    '# the heart',
    '# since May',
  ])
    expect(same).toContain(comment);
  const tables = {
    ...checks.tables,
    orders: { ...checks.tables['orders'], owner: undefined, critical: false },
  };
  await engine.workspace.saveChecks({ checks: { ...checks, tables } });
  await engine.workspace.saveTarget({ target: { ...(targets[0] as Target), host: 'db2' } });
  const now = await readFile(file, 'utf8');
  expect(now).toContain(
    '  - name: prod # the real one\n    kind: postgres\n    host: db2\n    database: shop\n',
  );
  expect(now).toContain('    orders:\n      # the heart\n      critical: false\n');
  expect(now).toMatch(/alerts: \{ command: notify, x: 1/);
});

test('targets and layout are kept', async () => {
  const { engine } = await openTestEngine();
  const server = { name: 'prod', kind: 'postgres' as const, host: 'db', database: 'shop' };
  expect((await engine.workspace.saveTarget({ target: server })).targets).toEqual([server]);
  expect((await engine.workspace.saveTarget({ target: { ...server, host: 'db2' } })).targets).toMatchObject([
    { host: 'db2' },
  ]);
  expect((await engine.workspace.removeTarget({ name: 'prod' })).targets).toEqual([]);
  await engine.workspace.saveLayout({ layout: { tabs: ['a'] } });
  expect(await engine.workspace.layout({})).toEqual({ tabs: ['a'] });
});

test('status answers within 100 ms while a long statement runs', async () => {
  const { engine } = await openTestEngine();
  const abort = new AbortController();
  const long = engine.query.run(
    { text: 'select count(*) from generate_series(1, 3e9)' },
    { signal: abort.signal },
  );
  const answered: number[] = [];
  for (let i = 0; i < 20; i++) {
    const start = performance.now();
    await engine.workspace.status({});
    answered.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect((await engine.workspace.status({})).state).toBe('busy');
  expect(answered.sort((a, b) => a - b)[15]).toBeLessThan(100);
  abort.abort();
  await expect(long).rejects.toMatchObject({ problem: { code: 'cancelled' } });
});

test.runIf(process.platform === 'linux')('a folder that nobody may write to says what to do', async () => {
  await expect(openWorkspace({ dir: '/sys/assay-test', create: true })).rejects.toMatchObject({
    problem: {
      code: 'disk',
      message: 'The folder /sys/assay-test cannot be written to.',
      hint: expect.stringContaining('copy the folder'),
    },
  });
  // Where Node says that the folder is not there, and where it would look for it for ever.
  await expect(openWorkspace({ dir: '/proc/assay/test', create: true })).rejects.toMatchObject({
    problem: { code: 'disk', message: 'The folder /proc cannot be written to.' },
  });
});
