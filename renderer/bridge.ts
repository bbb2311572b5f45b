import type { Bridge } from '../shared/bridge.ts';

declare global {
  interface Window {
    readonly assay: Bridge<File>;
  }
}

/** What the preload offers the page: dialogs, the clipboard, the menu's commands. */
export const bridge = window.assay;
