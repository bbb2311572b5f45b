import { resolve } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { registerBridge } from './bridge.ts';
import { applyMenu } from './menu.ts';
import { recentWorkspaces, sampleFolder } from './recent.ts';
import { allEnginesClosed, closeAllEngines, focusOrOpen, logBug } from './windows.ts';

/** The folder named on the command line; without one, the last workspace, or the sample for a first look. */
function folderFrom(argv: readonly string[], cwd = process.cwd()): string {
  const words = argv.slice(1).filter((word) => !word.startsWith('-'));
  const given = words[app.isPackaged ? 0 : 1];
  if (given) return resolve(cwd, given);
  return (argv.includes('--sample') ? undefined : recentWorkspaces()[0]?.dir) ?? sampleFolder();
}

async function start(): Promise<void> {
  await app.whenReady();
  registerBridge();
  applyMenu();
  await focusOrOpen(folderFrom(process.argv));
}

process.on('uncaughtExceptionMonitor', logBug);

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv, cwd) => {
    void focusOrOpen(folderFrom(argv, cwd));
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void focusOrOpen(folderFrom([]));
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (allEnginesClosed()) return;
    event.preventDefault();
    void closeAllEngines().then(() => app.quit());
  });
  void start();
} else {
  app.quit();
}
