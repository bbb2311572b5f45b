import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  type Bridge,
  type EngineProcessState,
  portMessages,
  type RecentWorkspace,
} from '../shared/bridge.ts';

const version = process.argv.find((word) => word.startsWith('--assay-version='))?.split('=')[1] ?? '';

const bridge: Bridge<File> = {
  platform: process.platform,
  versions: { app: version, electron: process.versions.electron ?? '' },
  onEngineState: (receive) => {
    ipcRenderer.on('assay:engine-state', (_event, state: EngineProcessState) => receive(state));
  },
  onCommand: (receive) => {
    ipcRenderer.on('assay:command', (_event, id: string) => receive(id));
  },
  restartEngine: () => ipcRenderer.invoke('assay:restart-engine'),
  pathOf: (file) => webUtils.getPathForFile(file),
  chooseFiles: () => ipcRenderer.invoke('assay:choose-files') as Promise<readonly string[]>,
  chooseFolder: (title) => ipcRenderer.invoke('assay:choose-folder', title) as Promise<string | null>,
  recentWorkspaces: () => ipcRenderer.invoke('assay:recent') as Promise<readonly RecentWorkspace[]>,
  openWorkspace: (dir) => ipcRenderer.invoke('assay:open-workspace', dir),
  revealFile: (path) => ipcRenderer.invoke('assay:reveal', path),
  saveText: (name, text) => ipcRenderer.invoke('assay:save-text', { name, text }) as Promise<string | null>,
  secretOf: (place) => ipcRenderer.invoke('assay:secret', place) as Promise<string | null>,
  keepSecret: (place, secret) =>
    ipcRenderer.invoke('assay:keep-secret', { place, secret }) as Promise<string | null>,
  copy: (text) => ipcRenderer.invoke('assay:copy', text),
  pasteText: () => ipcRenderer.invoke('assay:paste') as Promise<string>,
  setTheme: (theme) => ipcRenderer.invoke('assay:theme', theme),
};

contextBridge.exposeInMainWorld('assay', bridge);

// The page may not listen yet when main sends the port; only the newest port counts.
let waiting: MessagePort | undefined;
let listening = false;

function pass(): void {
  if (!listening || !waiting) return;
  window.postMessage(portMessages.port, '*', [waiting]);
  waiting = undefined;
}

ipcRenderer.on('assay:port', ({ ports: [port] }) => {
  waiting = port;
  pass();
});

window.addEventListener('message', ({ data, source }) => {
  if (source !== window || data !== portMessages.listening) return;
  listening = true;
  pass();
});
