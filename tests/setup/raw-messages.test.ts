import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow } from '../../electron/setup/fingerprint.mjs';
import { inProject, projectDir } from '../../electron/setup/project.mjs';

const allowed = [
  'electron/preload.ts',
  'electron/engine/engine-process.ts',
  'electron/engine/electron-port.ts',
  'electron/engine/database/',
  'electron/main/',
  'renderer/bridge.ts',
  'renderer/engine.ts',
  'shared/wire.ts',
];

test('messages are posted by the wire, the preload and the processes that start each other, nowhere else', () => {
  const offenders = ['shared', 'electron', 'renderer']
    .flatMap((folder) => filesBelow(inProject(folder)))
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({
      path: relative(projectDir, path).replaceAll('\\', '/'),
      text: readFileSync(path, 'utf8'),
    }))
    .filter(
      ({ path, text }) =>
        /\bpostMessage\(|\bipc(Main|Renderer)\b/.test(text) &&
        !allowed.some((place) => path.startsWith(place)),
    )
    .map(({ path }) => path);
  expect(offenders).toEqual([]);
});
