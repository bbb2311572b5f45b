import { afterAll, expect, test, vi } from 'vitest';

vi.stubGlobal('window', { assay: {} });
const { listPaused, resumeTask, runTask, useTasks } = await import('../../renderer/tasks.ts');
afterAll(() => vi.unstubAllGlobals());

const seen = () =>
  useTasks.getState().tasks.map(({ title, status, outcome }) => ({ title, status, outcome }));

test('what was paused before the window was there is listed once, and is off the list when it goes on', async () => {
  const title = 'Embedding notes';
  const resumed = vi.fn();
  const pausing = { pause: async () => null, resume: resumed };
  const paused = { at: 5, outcome: '2 rows still to embed.', pausing };
  listPaused(title, paused);
  listPaused(title, paused);
  expect(seen()).toEqual([{ title, status: 'paused', outcome: '2 rows still to embed.' }]);
  await runTask(title, async () => listPaused(title, paused));
  expect(seen()).toEqual([{ title, status: 'done', outcome: undefined }]);
  listPaused(title, paused);
  const [listed] = useTasks.getState().tasks;
  if (listed) resumeTask(listed);
  expect(resumed).toHaveBeenCalledOnce();
  expect(seen().map(({ status }) => status)).toEqual(['done']);
});
