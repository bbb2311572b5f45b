import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EditLog } from '../../electron/engine/pipelines/file/edit-log.ts';
import {
  addStep,
  changeStep,
  type Edit,
  moveSteps,
  removeSteps,
  renameStep,
} from '../../renderer/rooms/pipelines/document/edits.ts';
import { groupSteps } from '../../renderer/rooms/pipelines/document/groups.ts';
import type { Pipeline } from '../../shared/contract/pipelines.ts';
import { changeBetween, patched } from '../../shared/pipeline-changes.ts';
import { scratchFolder } from '../open-test-engine.ts';
import { shopPipeline } from './open-shop.ts';

const ids = ['orders', 'paid', 'with_city', 'by_city', 'added', 'named'];
const anyEdit: fc.Arbitrary<Edit> = fc
  .tuple(fc.constantFrom(...ids), fc.nat(300), fc.nat(5))
  .map(([id, at, which]): Edit => {
    const edits: readonly Edit[] = [
      (now) =>
        now.steps.some((step) => step.id === id) ? now : addStep({ id, kind: 'sort', at: [at, at] })(now),
      removeSteps([id]),
      moveSteps({ [id]: [at, 7] }),
      changeStep(id, { title: at % 3 === 0 ? '' : `title ${at}` }),
      (now) => (now.steps.some((step) => step.id === 'named') ? now : renameStep(id, 'named')(now)),
      groupSteps([id]),
    ];
    return edits[which] as Edit;
  });

test('whatever was edited is undone and done again, step by step', () => {
  fc.assert(
    fc.property(fc.array(anyEdit, { maxLength: 12 }), (edits) => {
      let now: Pipeline = shopPipeline;
      for (const edit of edits) {
        const next = edit(now);
        const { back, forth } = changeBetween(now, next);
        expect(patched(now, forth)).toEqual(next);
        expect(patched(next, back)).toEqual(now);
        now = next;
      }
    }),
  );
});

const titled = (title: string) => changeStep('paid', { title })(shopPipeline);
const change = (from: string, to: string) => changeBetween(titled(from), titled(to));
const titleOf = (step: unknown) => (step as { title?: string }).title ?? '';

test('changes are kept without a limit, over a restart and a line that a crash cut off', async () => {
  const folder = await scratchFolder();
  const log = new EditLog(folder);
  for (let at = 0; at < 300; at++) await log.note('clean', change(String(at), String(at + 1)));
  expect(await log.travel('clean', 'back')).toMatchObject({ count: 300, at: 299 });
  const [file = ''] = await readdir(folder);
  await appendFile(join(folder, file), '{"change":{"ba');
  const again = new EditLog(folder);
  expect(await again.done('clean')).toEqual({ count: 300, at: 299 });
  const titles: string[] = [];
  for (let at = 299; at > 0; at--)
    titles.push(titleOf((await again.travel('clean', 'back')).change.back.steps[0]?.step));
  expect([titles[0], titles.at(-1), titles.length]).toEqual(['298', '0', 299]);
  await expect(again.travel('clean', 'back')).rejects.toMatchObject({
    problem: { message: 'There is nothing more to undo.' },
  });
  expect(titleOf((await again.travel('clean', 'forth')).change.forth.steps[0]?.step)).toBe('1');
  expect(await again.note('clean', change('1', 'other'))).toEqual({ count: 2, at: 2 });
  await again.rename('clean', 'cleaner');
  expect(await new EditLog(folder).done('cleaner')).toEqual({ count: 2, at: 2 });
  const perChange = (await readFile(join(folder, 'cleaner.jsonl'))).length / 600;
  expect(perChange).toBeLessThan(JSON.stringify(shopPipeline).length / 2);
});

test('a change that could not be written stands in the way of none after it', async () => {
  const folder = await scratchFolder();
  const log = new EditLog(folder);
  await log.note('clean', change('1', '2'));
  const file = join(folder, 'clean.jsonl');
  const before = await readFile(file);
  await rm(file);
  await mkdir(file);
  await expect(log.note('clean', change('2', '3'))).rejects.toThrow('EISDIR');
  await rm(file, { recursive: true });
  await writeFile(file, Buffer.concat([before, Buffer.from('{"change":{"ba')]));
  expect(await log.note('clean', change('2', '4'))).toEqual({ count: 2, at: 2 });
  expect(titleOf((await log.travel('clean', 'back')).change.forth.steps[0]?.step)).toBe('4');
});
