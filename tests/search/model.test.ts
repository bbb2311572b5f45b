import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appFile } from '../../electron/engine/app-files.ts';
import { modelFiles, readDescription } from '../../electron/engine/search/model/model-files.ts';
import { bytes, integer } from '../../electron/setup/model/protobuf.ts';
import { quantizedByRow } from '../../electron/setup/model/quantize.ts';
import { writeModel } from '../../electron/setup/model/write-model.ts';
import { scratchFolder } from '../open-test-engine.ts';

test('the model is the same each time it is made, left alone while intact, and made anew when damaged', async () => {
  const dir = join(await scratchFolder(), 'model');
  const files = modelFiles(dir);
  await writeModel(dir);
  expect(await readDescription(dir)).toEqual(await readDescription(appFile('dist/assets/model')));
  const made = await stat(files.model);
  await writeModel(dir);
  expect((await stat(files.model)).mtimeMs).toBe(made.mtimeMs);
  const model = await readFile(files.model);
  await writeFile(files.model, model.subarray(0, 1000));
  await writeModel(dir);
  expect((await readFile(files.model)).equals(model)).toBe(true);
});

test('other weights are refused', async () => {
  const dir = await scratchFolder();
  await writeFile(join(dir, 'model.fp16.safetensors'), 'other');
  await expect(writeModel(join(dir, 'model'), dir)).rejects.toThrow(/not the known ones/);
});

test('protobuf is written as its documentation shows', () => {
  expect([...integer(1, 150)]).toEqual([0x08, 0x96, 0x01]);
  expect([...integer(1, -1)]).toEqual([0x08, ...Array(9).fill(0xff), 0x01]);
  expect([...bytes(2, Buffer.from('testing'))]).toEqual([0x12, 7, ...Buffer.from('testing')]);
});

test('rows are quantised by their own largest value', () => {
  const data = Float32Array.of(1, -0.5, 0, 0, 254, -254);
  const { bytes: quantised, scales } = quantizedByRow({ rows: 3, columns: 2, data });
  expect([...quantised]).toEqual([127, -64, 0, 0, 127, -127]);
  expect([...scales]).toEqual([Math.fround(1 / 127), 1, 2]);
});
