import { resolve } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { registerBridge } from './bridge.ts';
import { applyMenu } from './menu.ts';
import { rememberedWorkspace } from './recent.ts';
import { closeAllEngines, focusOrOpen } from './windows.ts';

/** The folder named on the command line, after the app's own path. */
function folderFrom(argv: readonly string[]): string | undefined {
  const given = argv.slice(app.isPackaged ? 1 : 2).find((word) => !word.startsWith('-'));
  return given ? resolve(given) : undefined;
}

async function start(): Promise<void> {
  await app.whenReady();
  registerBridge();
  applyMenu();
  await focusOrOpen(folderFrom(process.argv) ?? (await rememberedWorkspace()));
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv, cwd) => {
    const folder = folderFrom(argv);
    void (async () => focusOrOpen(folder ? resolve(cwd, folder) : await rememberedWorkspace()))();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0)
      void (async () => focusOrOpen(await rememberedWorkspace()))();
  });
  app.on('window-all-closed', () => {
    void closeAllEngines().then(() => app.quit());
  });
  void start();
} else {
  app.quit();
}
