import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type LocalEngine, openLocalEngine } from '../../electron/cli/local-engine.ts';
import { defineBench } from './harness.ts';
import { orderFile } from './order-file.ts';

let folder: string;
let path: string;
let local: LocalEngine;

/** A CSV of more than 1 GB: the file of a million rows, nine times. */
async function largeFile(): Promise<string> {
  const part = await orderFile(1_000_000);
  const large = part.replace('.csv', '-9.csv');
  if (await stat(large).catch(() => undefined)) return large;
  for (let time = 0; time < 9; time++) {
    await pipeline(
      createReadStream(part),
      createWriteStream(`${large}.new`, { flags: time === 0 ? 'w' : 'a' }),
    );
  }
  await rename(`${large}.new`, large);
  return large;
}

export default defineBench({
  name: 'preview-1gb',
  unit: 'ms',
  goal: 500,
  prepare: async () => {
    path = await largeFile();
    folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
    local = await openLocalEngine(join(folder, 'workspace'), true);
  },
  ours: async () => {
    const { complete, rows } = await local.engine.files.preview({ path });
    if (complete || rows.length === 0) throw new Error('that was no first look');
  },
  cleanup: async () => {
    await local.close();
    await rm(folder, { recursive: true, force: true });
  },
});
