import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import {
  BrowserWindow,
  clipboard,
  dialog,
  type IpcMainInvokeEvent,
  ipcMain,
  nativeTheme,
  shell,
} from 'electron';
import { z } from 'zod';
import { dataEndings } from '../../shared/file-endings.ts';
import { recentWorkspaces } from './recent.ts';
import { keepSecret, secretOf } from './secrets.ts';
import { engineOf, focusOrOpen, folderOf } from './windows.ts';

const windowOf = (event: IpcMainInvokeEvent) => BrowserWindow.fromWebContents(event.sender);

/** Answers a call of the preload's; the argument is checked, because the window is untrusted. */
function answer<Arg>(
  channel: string,
  arg: z.ZodType<Arg>,
  work: (arg: Arg, window: BrowserWindow) => unknown,
): void {
  ipcMain.handle(channel, async (event, given) => {
    const window = windowOf(event);
    if (!window || event.senderFrame !== event.sender.mainFrame) throw new Error('Refused.');
    return work(arg.parse(given), window);
  });
}

/** Folders that a person chose in a dialog since the start. */
const chosen = new Set<string>();

/** The window cannot make a workspace of any folder it names: a person chose it, or it has been one before. */
const mayOpen = (dir: string) =>
  chosen.has(dir) ||
  recentWorkspaces().some((recent) => recent.dir === dir) ||
  existsSync(join(dir, 'assay.yaml'));

/** Everything the preload offers the window (shared/bridge.ts). */
export function registerBridge(): void {
  answer('assay:restart-engine', z.undefined(), (_none, window) => engineOf(window)?.restart());
  answer('assay:choose-files', z.undefined(), async (_none, window) => {
    const { filePaths } = await dialog.showOpenDialog(window, {
      properties: ['openFile', 'multiSelections'],
      filters: [
        { name: 'Data', extensions: [...dataEndings] },
        { name: 'All files', extensions: ['*'] },
      ],
    });
    return filePaths;
  });
  answer('assay:choose-folder', z.string(), async (title, window) => {
    const { filePaths } = await dialog.showOpenDialog(window, {
      title,
      properties: ['openDirectory', 'createDirectory'],
    });
    const [folder] = filePaths;
    if (folder) chosen.add(folder);
    return folder ?? null;
  });
  answer('assay:recent', z.undefined(), () => recentWorkspaces());
  answer('assay:open-workspace', z.string().min(1), (dir) => {
    if (!mayOpen(dir)) throw new Error(`${dir} was neither chosen nor opened before.`);
    return focusOrOpen(dir);
  });
  answer('assay:reveal', z.string(), (path, window) => reveal(path, folderOf(window)));
  answer('assay:save-text', z.object({ name: z.string(), text: z.string() }), saveText);
  answer('assay:secret', z.string().min(1), (place, window) => {
    const folder = folderOf(window);
    return folder === undefined ? null : secretOf(folder, place);
  });
  const kept = z.object({ place: z.string().min(1), secret: z.string().min(1).nullable() });
  answer('assay:keep-secret', kept, ({ place, secret }, window) => {
    const folder = folderOf(window);
    return folder === undefined ? 'No workspace is open.' : keepSecret(folder, place, secret);
  });
  answer('assay:copy', z.string(), (text) => clipboard.writeText(text));
  answer('assay:paste', z.undefined(), () => clipboard.readText());
  answer('assay:theme', z.enum(['light', 'dark', 'system']), (theme) => {
    nativeTheme.themeSource = theme;
  });
}

/** Where to is chosen by a person; the path of the written file, or null where nothing was. */
async function saveText(
  { name, text }: { readonly name: string; readonly text: string },
  window: BrowserWindow,
) {
  const { filePath } = await dialog.showSaveDialog(window, { defaultPath: basename(name) });
  if (!filePath) return null;
  await writeFile(filePath, text);
  return filePath;
}

function reveal(path: string, folder: string | undefined): void {
  const full = folder && resolve(folder, path);
  if (full && (full === folder || full.startsWith(folder + sep))) shell.showItemInFolder(full);
}
