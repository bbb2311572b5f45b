import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';

/** A menu entry that runs a command of the window's own, by its id. */
const command = (label: string, id: string, accelerator?: string): MenuItemConstructorOptions => ({
  label,
  ...(accelerator ? { accelerator, registerAccelerator: false } : {}),
  click: () => BrowserWindow.getFocusedWindow()?.webContents.send('assay:command', id),
});

/** The system's menu. What the window can do is listed there; here stands what people look for in a menu. */
export function applyMenu(): void {
  const mac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        command('Open workspace…', 'workspace.open', 'CmdOrCtrl+O'),
        command('Import files…', 'import.choose', 'CmdOrCtrl+I'),
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        command('Command palette…', 'palette.open', 'CmdOrCtrl+K'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
