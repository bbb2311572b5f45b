import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { beforeEach, onTestFinished } from 'vitest';
import { electronRuntime } from '../../electron/setup/electron-runtime.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));
const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url));

/** The built app in real Electron, with settings and folders of its own. */
export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** A folder that is gone when the app has been closed. */
  readonly scratch: string;
  readonly theme: (theme: 'light' | 'dark') => Promise<void>;
  /** With ASSAY_SCREENSHOTS=1, saves what the window shows in both themes as tests/screenshots/NAME-light.png and -dark.png. */
  readonly screenshot: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

type Words = (scratch: string) => readonly string[] | Promise<readonly string[]>;

/** Starts the app for one test; `words` are what a person would type after its name. */
export async function launchApp(words: Words): Promise<RunningApp> {
  const running = await openApp(words);
  onTestFinished(running.close);
  return running;
}

/** Starts the app for as long as `close` is not called: for all tests of a file. */
export async function openApp(words: Words): Promise<RunningApp> {
  const scratch = await mkdtemp(join(tmpdir(), 'assay-e2e-'));
  const started = await startApp(scratch, await words(scratch));
  let closed: Promise<void> | undefined;
  const close = async () => {
    closed ??= started.app.close();
    await closed;
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  };
  return { ...started, scratch, close };
}

/** Starts the app once more on the same settings, as after closing it. */
export async function startApp(scratch: string, words: readonly string[]) {
  const { executable, args } = await electronRuntime();
  const app = await _electron.launch({
    executablePath: executable,
    args: [project, ...args, `--user-data-dir=${join(scratch, 'settings')}`, ...words],
    env: { ...(process.env as Record<string, string>), XDG_DOCUMENTS_DIR: scratch, HOME: scratch },
  });
  const page = await app.firstWindow();
  const theme = async (wanted: 'light' | 'dark') => {
    await page.emulateMedia({ colorScheme: wanted });
    await page.evaluate(repainted);
  };
  const screenshot = async (name: string) => {
    if (!process.env['ASSAY_SCREENSHOTS']) return;
    for (const wanted of ['light', 'dark'] as const) {
      await theme(wanted);
      await save(page, `${name}-${wanted}`);
    }
  };
  return { app, page, theme, screenshot };
}

/** Waits until the colours of a theme have faded in. */
async function repainted(): Promise<void> {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const fading = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  await Promise.allSettled(fading.map(({ finished }) => finished));
}

/** Saves what the window shows when a test of this file fails. */
export function keepFailures(page: () => Page): void {
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => save(page(), `failed ${task.name}`.replaceAll(/\W+/g, '-').slice(0, 80)));
  });
}

async function save(page: Page, name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}
