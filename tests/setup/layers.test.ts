import { expect, test } from 'vitest';
import { brokenLayers } from '../../electron/setup/layers.mjs';

test.each([
  ['shared/wire.ts', `import { app } from '../electron/main/main.ts';`],
  ['shared/wire.ts', `import { readFile } from 'node:fs/promises';`],
  ['shared/wire.ts', `export type { App } from 'electron';`],
  ['renderer/engine.ts', `import type { Engine } from '../electron/engine/engine.ts';`],
  ['renderer/rooms/import/Form.tsx', `const later = import('../checks/list.ts'); export const x = <p />;`],
  ['electron/engine/import/load.ts', `import { run } from '../pipelines/run.ts';`],
  ['electron/engine/files/sniff.ts', `export * from '../promote/plan.ts';`],
  ['electron/engine/engine.ts', `import { app } from 'electron';`],
  ['electron/cli/cli.ts', `import { grid } from '../../renderer/grid/grid.tsx';`],
])('%s is refused: %s', async (file, text) => {
  expect(await brokenLayers(file, text)).toHaveLength(1);
});

test.each([
  ['shared/wire.ts', `import { z } from 'zod'; import { sql } from './sql.ts';`],
  ['electron/engine/promote/plan.ts', `import { sniff } from '../files/sniff.ts';`],
  ['electron/engine/engine-process.ts', `import { app } from 'electron';`],
  ['electron/engine/engine.ts', `import type { MessagePortMain } from 'electron';`],
  ['renderer/engine.ts', `import { connect } from '../shared/wire.ts';`],
])('%s may: %s', async (file, text) => {
  expect(await brokenLayers(file, text)).toEqual([]);
});
