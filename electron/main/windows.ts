import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { EngineHost } from './engine-host.ts';
import { rememberWorkspace } from './recent.ts';
import { rememberBounds, rememberedBounds } from './window-bounds.ts';

interface Open {
  readonly window: BrowserWindow;
  readonly engine: EngineHost;
}

const open = new Map<string, Open>();

/** One window per workspace: brings it to the front, or opens it. */
export async function focusOrOpen(given: string): Promise<void> {
  const dir = realFolder(given);
  await closing.get(dir);
  const there = open.get(dir);
  if (there) {
    if (there.window.isMinimized()) there.window.restore();
    there.window.focus();
    return;
  }
  // The engine first: it opens the workspace while the window loads its page.
  const engine = new EngineHost(dir);
  const window = createWindow(dir);
  engine.attach(window.webContents);
  open.set(dir, { window, engine });
  engine.log.say('opened', { version: app.getVersion(), electron: process.versions.electron ?? '' });
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) =>
    engine.log.say('window died', { reason, code: exitCode }),
  );
  window.webContents.on('did-finish-load', () => engine.connectWindow());
  window.on('close', () => rememberBounds(dir, window));
  window.on('closed', () => {
    open.delete(dir);
    closing.set(
      dir,
      engine.close().finally(() => closing.delete(dir)),
    );
  });
  await window.loadFile(join(import.meta.dirname, 'renderer', 'index.html'));
  await rememberWorkspace(dir);
}

/** Writes a fault of this process into the log of every open workspace. */
export function logBug(thrown: unknown): void {
  for (const { engine } of open.values()) engine.log.bug('the app', thrown);
}

/** Engines that give their workspace back; the folder opens again when they have. */
const closing = new Map<string, Promise<void>>();

/** The engine that serves this window. */
export const engineOf = (window: BrowserWindow | null): EngineHost | undefined =>
  [...open.values()].find((entry) => entry.window === window)?.engine;

/** The workspace folder that this window shows. */
export const folderOf = (window: BrowserWindow | null): string | undefined =>
  [...open].find(([, entry]) => entry.window === window)?.[0];

/** True when no workspace is open any more. */
export const allEnginesClosed = (): boolean => open.size === 0 && closing.size === 0;

/** Waits until every engine has closed its workspace. */
export async function closeAllEngines(): Promise<void> {
  await Promise.all([...closing.values(), ...[...open.values()].map(({ engine }) => engine.close())]);
}

function realFolder(dir: string): string {
  try {
    return realpathSync(dir);
  } catch {
    return resolve(dir);
  }
}

function createWindow(dir: string): BrowserWindow {
  const window = new BrowserWindow({
    ...rememberedBounds(dir),
    minWidth: 800,
    minHeight: 520,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#ffffff',
    title: 'Assay',
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      additionalArguments: [`--assay-version=${app.getVersion()}`],
    },
  });
  window.once('ready-to-show', () => window.show());
  guard(window);
  return window;
}

const network = ['http', 'https', 'ws', 'wss', 'ftp'].map((scheme) => `${scheme}://*/*`);

/** No network, no navigation, no new windows, no permissions: the window shows our own page and nothing else. */
function guard({ webContents }: BrowserWindow): void {
  webContents.on('will-navigate', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.session.webRequest.onBeforeRequest({ urls: network }, (_request, answer) =>
    answer({ cancel: true }),
  );
  webContents.session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
}
