import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { PipelineFiles } from '../../electron/engine/pipelines/file/pipeline-files.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { electronRuntime } from '../../electron/setup/electron-runtime.mjs';
import { virtualScreen } from '../../electron/setup/virtual-screen.mjs';
import { pipeline as pipelineSchema } from '../../shared/contract/pipelines.ts';
import { sql } from '../../shared/sql.ts';
import { defineBench } from './harness.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
let scratch: string;
let screen: Awaited<ReturnType<typeof virtualScreen>> | undefined;
let app: ElectronApplication;
let page: Page;

/** Ten lines of twenty steps, each after the one before it. */
const steps = Array.from({ length: 200 }, (_none, at) =>
  at % 20 === 0
    ? { id: `s${at}`, kind: 'source', params: { table: 'orders' } }
    : { id: `s${at}`, kind: 'filter', inputs: [`s${at - 1}`], params: { condition: `id > ${at}` } },
);
const layout = Object.fromEntries(
  steps.map(({ id }, at) => [id, [(at % 20) * 272, Math.floor(at / 20) * 96]]),
);

async function prepare(): Promise<void> {
  scratch = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  if (!process.env['DISPLAY']) screen = await virtualScreen();
  const workspace = await openWorkspace({ dir: join(scratch, 'Many'), create: true });
  await workspace.database.run(sql`create table orders as select 1::bigint as _row, 1 as id`);
  await workspace.database.run(
    sql`insert into assay.tables (name, origin, row_count) values ('orders', 'query', 1)`,
  );
  const files = new PipelineFiles(workspace.path('pipelines'));
  await files.save(pipelineSchema.parse({ version: 1, name: 'many', steps, layout }));
  await workspace.close();
  const { executable, args } = await electronRuntime();
  app = await _electron.launch({
    executablePath: executable,
    args: [project, ...args, `--user-data-dir=${join(scratch, 'settings')}`, join(scratch, 'Many')],
    env: { ...(process.env as Record<string, string>), ...(screen?.env as Record<string, string>) },
  });
  page = await app.firstWindow();
  await page.getByRole('treeitem', { name: /many/ }).first().waitFor();
}

const cleanup = async () => {
  await app.close();
  screen?.stop();
  await rm(scratch, { recursive: true, force: true });
};

/** From the click in the tree until boxes stand on the canvas; closed again afterwards. */
async function open(): Promise<number> {
  const item = page.getByRole('treeitem', { name: /many/ }).first();
  const began = performance.now();
  await item.dblclick();
  await page.locator('.react-flow__node').nth(20).waitFor();
  const ms = performance.now() - began;
  await page.keyboard.press('ControlOrMeta+w');
  await page.locator('.react-flow__node').first().waitFor({ state: 'detached' });
  return ms;
}

/** Frames a second while a box is dragged about for a second. */
async function drag(): Promise<number> {
  const box = await page.locator('.react-flow__node').first().boundingBox();
  if (!box) throw new Error('No box is seen.');
  const [x, y] = [box.x + box.width / 2, box.y + 12];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const counting = page.evaluate(countFrames);
  for (let step = 1; step <= 40; step++) await page.mouse.move(x + (step % 20) * 6, y + step, { steps: 2 });
  const frames = await counting;
  await page.mouse.up();
  return frames;
}

/** Runs in the window. */
function countFrames(): Promise<number> {
  return new Promise((resolve) => {
    const began = performance.now();
    let frames = 0;
    const frame = () => {
      frames++;
      const ms = performance.now() - began;
      if (ms < 1000) requestAnimationFrame(frame);
      else resolve((frames * 1000) / ms);
    };
    requestAnimationFrame(frame);
  });
}

export default [
  defineBench({ name: 'canvas-200', unit: 'ms', goal: 1000, prepare, ours: open, cleanup }),
  defineBench({
    name: 'canvas-200-drag',
    unit: 'frames/s',
    better: 'higher',
    goal: 50,
    prepare: async () => {
      await prepare();
      await page.getByRole('treeitem', { name: /many/ }).first().dblclick();
      await page.locator('.react-flow__node').nth(20).waitFor();
    },
    ours: drag,
    cleanup,
  }),
];
