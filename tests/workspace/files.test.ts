import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { writeReport } from '../../electron/cli/write-report.ts';
import { refuseFullDisk } from '../../electron/engine/database/full-disk.ts';
import { canBeFileName, fileName } from '../../electron/engine/workspace/file-name.ts';
import { removeIfStill } from '../../electron/engine/workspace/lock.ts';
import { unpackSample } from '../../electron/engine/workspace/sample.ts';
import { createSettings, readYaml } from '../../electron/engine/workspace/settings.ts';
import { wholeFile } from '../../electron/engine/workspace/whole-file.ts';
import { writeWhole } from '../../electron/engine/workspace/write-whole.ts';
import { openTestEngine, scratchFolder } from '../open-test-engine.ts';

test.each([
  ['Orders 2024_a-b', 'Orders 2024_a-b'],
  ['Größe 数据', 'Größe 数据'],
  ['a/b', 'a%2Fb'],
  ['50%', '50%25'],
  ['.', '%2E'],
  ['..', '%2E%2E'],
  ['', '%'],
  [' x ', '%20x%20'],
  ['con', '%63on'],
  ['LPT1.x', '%4CPT1.x'],
  ['console', 'console'],
  ['e\u0301', 'e%CC%81'],
])('%j is the file %j', (name, file) => {
  expect(fileName(name)).toBe(file);
});

test('other names are other files, and every file name is one that systems take', () => {
  const names = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'aA_-. /\\%~:2F', 'é', 'e\u0301', '\u212b', '\u00c5') }),
    fc.string({ unit: 'grapheme', minLength: 60, maxLength: 300 }),
  );
  fc.assert(
    fc.property(names, names, (one, other) => {
      expect(canBeFileName(fileName(one))).toBe(true);
      const [a, b] = [fileName(one), fileName(other)].map((file) => file.normalize('NFC'));
      expect(a === b).toBe(one === other);
    }),
    { numRuns: 2000 },
  );
  expect(fileName('x'.repeat(300))).not.toBe(fileName('x'.repeat(301)));
});

test('.gitignore gets our line as a line of its own, once', async () => {
  const dir = await scratchFolder();
  const file = join(dir, '.gitignore');
  await writeFile(file, 'node_modules');
  await createSettings(dir);
  await createSettings(dir);
  expect(await readFile(file, 'utf8')).toBe('node_modules\n.assay/\n');
});

test('YAML that unfolds without end is refused with its file', async () => {
  const file = join(await scratchFolder(), 'bomb.yaml');
  const lines = Array.from(
    { length: 12 },
    (_, at) => `${'bcdefghijklmn'[at]}: &${'bcdefghijklmn'[at]} [${`*${'abcdefghijklm'[at]},`.repeat(9)}]`,
  );
  await writeFile(file, ['a: &a [x]', ...lines].join('\n'));
  await expect(readYaml(file)).rejects.toMatchObject({ problem: { code: 'bad_input', at: { file } } });
});

test('a file that is saved twice at once is one of the two, whole', async () => {
  const dir = await scratchFolder();
  const file = join(dir, 'deep', 'x.txt');
  const texts = Array.from({ length: 20 }, (_, at) => String(at).repeat(10_000));
  await Promise.all(texts.map((text) => writeWhole(file, text)));
  expect(texts).toContain(await readFile(file, 'utf8'));
  expect(await readdir(join(dir, 'deep'))).toEqual(['x.txt']);
});

test('a file that cannot be written whole is as it was, and spoken of by its own name', async () => {
  const dir = await scratchFolder();
  const file = join(dir, 'out.csv');
  await writeFile(file, 'before');
  const failing = (message: string, code?: string) =>
    wholeFile(file, async (half) => {
      await writeFile(half, 'half of it');
      throw Object.assign(new Error(message.replace('HALF', half)), { code });
    });
  await expect(failing('write', 'ENOSPC')).rejects.toMatchObject({
    problem: { code: 'disk', message: `There is no room left on the disk for ${file}.` },
  });
  await expect(
    failing('IO Error: Could not write file "HALF": No space left on device'),
  ).rejects.toMatchObject({
    problem: { code: 'disk', message: `There is no room left on the disk for ${file}.` },
  });
  await expect(failing('IO Error: HALF is odd')).rejects.toMatchObject({
    problem: { message: `IO Error: ${file} is odd` },
  });
  await expect(wholeFile(dir, (half) => writeFile(half, 'x'))).rejects.toMatchObject({
    problem: { code: 'bad_input', message: `${dir} cannot be written: it is a folder.` },
  });
  expect([await readFile(file, 'utf8'), await readdir(dir)]).toEqual(['before', ['out.csv']]);
});

test('a report goes where a link leads, and into a pipe', async () => {
  const dir = await scratchFolder();
  const [file, link, pipe] = ['report.html', 'link', 'pipe'].map((name) => join(dir, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(file, 'before');
  await symlink(file, link);
  await writeReport(link, 'after');
  expect([await readFile(file, 'utf8'), await readlink(link)]).toEqual(['after', file]);
  execFileSync('mkfifo', [pipe]);
  const read = readFile(pipe, 'utf8');
  await writeReport(pipe, 'through it');
  expect(await read).toBe('through it');
  expect((await readdir(dir)).sort()).toEqual(['link', 'pipe', 'report.html']);
});

test('a folder that is filled while the sample is unpacked stays as it is', async () => {
  const parent = await scratchFolder();
  const dir = join(parent, 'mine');
  await mkdir(dir);
  const unpacking = unpackSample(dir);
  await writeFile(join(dir, 'thesis.txt'), 'years of work');
  await unpacking;
  expect(await readdir(dir)).toEqual(['thesis.txt']);
  expect(await readdir(parent)).toEqual(['mine']);
});

test('a lock that was taken anew meanwhile is not removed for the stale one', async () => {
  const dir = await scratchFolder();
  const file = join(dir, 'lock');
  await writeFile(file, 'new');
  await removeIfStill(file, 'stale');
  expect(await readFile(file, 'utf8')).toBe('new');
  await removeIfStill(file, 'new');
  await removeIfStill(file, 'new');
  expect(await readdir(dir)).toEqual([]);
});

test('files put into any folder of the workspace by hand are told, and a broken one is listed with its fault', async () => {
  const { dir, engine, events } = await openTestEngine();
  const put = async (folder: string, name: string, text: string) => {
    await mkdir(join(dir, folder), { recursive: true });
    await writeFile(join(dir, folder, name), text);
  };
  let heard = 0;
  const told = (room: string) =>
    vi.waitFor(() => expect(events.slice(heard)).toContainEqual({ event: 'changed', room }), 3000);
  await put('pipelines', 'made by hand.yaml', 'version: 1\nname: [unclosed\n');
  await put('queries', 'by hand.sql', 'select 1');
  await Promise.all([told('pipelines'), told('query')]);
  const [listed] = await engine.pipelines.list({});
  expect([listed?.name, listed?.problem?.code]).toEqual(['made by hand', 'bad_input']);
  expect((await engine.query.list({})).map(({ name }) => name)).toEqual(['by hand']);
  heard = events.length;
  await put('pipelines', 'made by hand.yaml', 'version: 1\nname: mended\nsteps: []\n');
  await told('pipelines');
  expect((await engine.pipelines.list({})).map(({ name, problem }) => [name, problem])).toEqual([
    ['mended', undefined],
  ]);
});

test('more is not written where the disk is nearly full', async () => {
  await refuseFullDisk(await scratchFolder(), 'Nothing was run.', 'Make room.');
  // A file system that has no room at any time.
  await expect(refuseFullDisk('/proc', 'Nothing was run.', 'Make room.')).rejects.toMatchObject({
    problem: {
      code: 'disk',
      message: 'There is no room left on the disk. Nothing was run.',
      hint: 'Make room.',
    },
  });
});
