import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import command from '../../electron/cli/commands/run.ts';
import { mayPass, waitToRetry } from '../../electron/engine/pipelines/run/retry.ts';
import { scheduleState } from '../../shared/schedule.ts';
import { openShop, shopPipeline } from './open-shop.ts';

/** A moment of Friday, 27 November 2026, by this machine's clock. */
const friday = (hour: number, minute = 0) => new Date(2026, 10, 27, hour, minute);
const later = (days: number, hour: number) => new Date(2026, 10, 27 + days, hour).toISOString();

test.each([
  ['nothing ran yet', undefined, undefined, later(0, 6)],
  ['it ran then', undefined, friday(6).toISOString(), null],
  ['it ran before', undefined, friday(5).toISOString(), later(0, 6)],
  ['the schedule is younger', friday(7).toISOString(), undefined, null],
])('a time is missed where no run began since: %s', (_says, since, ran, missed) => {
  const cron = '0 6 * * 1-5';
  const schedule = since === undefined ? { cron } : { cron, since };
  expect(scheduleState(schedule, ran, friday(9))).toEqual({ cron, next: later(3, 6), missed });
});

test('what cron cannot read is said, and nothing runs', () => {
  expect(scheduleState({ cron: 'at noon' }, undefined, friday(9))).toMatchObject({
    next: null,
    missed: null,
    problem: { message: '"at noon" is not a time in cron\'s five fields.' },
  });
});

const sources = shopPipeline.steps.filter(({ kind }) => kind === 'source');

test('a pipeline tells when it is due; its file keeps the schedule beside the steps', async () => {
  const { engine, dir, events } = await openShop();
  await engine.pipelines.save({ pipeline: { ...shopPipeline, schedule: { cron: '* * * * *' } } });
  const [due] = await engine.pipelines.list({});
  expect(due?.schedule?.missed).not.toBe(null);
  await engine.pipelines.run({ name: shopPipeline.name });
  const [ran] = await engine.pipelines.list({});
  expect(Date.parse(ran?.schedule?.next ?? '')).toBeGreaterThan(Date.parse(ran?.lastRun?.at ?? ''));
  expect((await engine.pipelines.read({ name: shopPipeline.name })).schedule).toEqual({ cron: '* * * * *' });
  await writeFile(join(dir, 'pipelines', 'bad.yaml'), 'version: 1\nname: bad\nschedule: daily\nsteps: []\n');
  expect((await engine.pipelines.list({})).find(({ problem }) => problem)?.problem?.message).toContain(
    'schedule',
  );
  const missing = { ...shopPipeline, name: 'by night', parameters: [{ name: 'day', type: 'date' as const }] };
  await engine.pipelines.save({ pipeline: missing });
  await expect(engine.pipelines.run({ name: 'by night' })).rejects.toThrow('has no value');
  expect(events.filter(({ event }) => event === 'alert')).toEqual([]);
  await expect(engine.pipelines.run({ name: 'by night', scheduled: true })).rejects.toThrow('has no value');
  await expect
    .poll(() => events.filter(({ event }) => event === 'alert'))
    .toEqual([
      {
        event: 'alert',
        title: 'by night failed, run by its schedule',
        detail: 'The parameter "day" has no value.',
      },
    ]);
  const daily = { cron: '* * * * *' };
  await engine.pipelines.save({ pipeline: { ...missing, schedule: daily } });
  await engine.pipelines.save({
    pipeline: { ...shopPipeline, name: 'very late', steps: sources, schedule: daily },
  });
  await engine.pipelines.save({
    pipeline: { ...shopPipeline, name: 'never', steps: sources, schedule: { cron: 'daily' } },
  });
  const run = await command.run({
    args: [],
    options: { due: true },
    dir,
    engine: async () => engine,
    long: {},
  });
  expect(run.exit).toBe(2);
  expect(run.json).toMatchObject({
    runs: expect.arrayContaining([
      expect.objectContaining({ pipeline: 'by night', status: 'failed' }),
      expect.objectContaining({ pipeline: 'very late', status: 'done' }),
      expect.objectContaining({ pipeline: 'bad', status: 'failed', refused: true }),
      expect.objectContaining({ pipeline: 'never', status: 'failed', refused: true }),
    ]),
  });
});

test('only a fault that may pass is worth another try, and waiting for it can be cancelled', async () => {
  expect(mayPass({ code: 'locked', message: '' })).toBe(true);
  expect(mayPass({ code: 'engine_lost', message: '' })).toBe(true);
  const failed = (sqlstate: string) => mayPass({ code: 'sql_failed', message: '', at: { sqlstate } });
  expect(['08006', '40P01', '55P03', '57014', '53200'].map(failed)).toEqual([true, true, true, true, true]);
  expect(['22012', '23505', '42703', 'AS001'].map(failed)).toEqual([false, false, false, false]);
  const abort = new AbortController();
  const told: string[] = [];
  const waiting = waitToRetry(
    6,
    { code: 'locked', message: 'It was busy.' },
    {
      signal: abort.signal,
      progress: ({ title }) => told.push(title ?? ''),
    },
  );
  abort.abort();
  expect(await waiting).toBe(false);
  expect(told).toEqual(['Trying again in 60 s: It was busy.']);
});
