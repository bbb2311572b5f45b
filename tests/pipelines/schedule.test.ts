import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scheduleState } from '../../electron/engine/pipelines/schedule.ts';
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

test('a pipeline tells when it is due; its file keeps the schedule beside the steps', async () => {
  const { engine, dir } = await openShop();
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
});
