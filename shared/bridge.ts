/** A workspace opened before. */
export interface RecentWorkspace {
  readonly dir: string;
  readonly name: string;
  readonly openedAt: string;
}

/** How the engine's process stands, as main sees it. */
export type EngineProcessState =
  | { readonly state: 'running' }
  /** It died and is being started again. */
  | { readonly state: 'restarting'; readonly reason: string }
  /** It died too often in a row; only the person can start it again. */
  | { readonly state: 'stopped'; readonly reason: string };

/**
 * Window messages between preload and page, because a context bridge cannot pass ports. The page posts `listening` to
 * itself when it is ready; from then on the preload posts `port`, with the port transferred, each time an engine is
 * ready to talk, also after a restart.
 */
export const portMessages = { listening: 'assay-listening', port: 'assay-port' } as const;

/** What the window may ask of the system: `window.assay`, made by the preload. Carries no data. */
export interface Bridge<File = unknown> {
  readonly platform: string;
  readonly versions: { readonly app: string; readonly electron: string };
  onEngineState(receive: (state: EngineProcessState) => void): void;
  /** A command chosen in the system's menu, by its id. */
  onCommand(receive: (id: string) => void): void;
  restartEngine(): Promise<void>;
  /** The path of a dropped file. */
  pathOf(file: File): string;
  chooseFiles(): Promise<readonly string[]>;
  chooseFolder(title: string): Promise<string | null>;
  recentWorkspaces(): Promise<readonly RecentWorkspace[]>;
  /** Opens a folder in a window of its own, or brings the window that has it to the front. */
  openWorkspace(dir: string): Promise<void>;
  /** Shows a file of this workspace in the system's file manager. */
  revealFile(path: string): Promise<void>;
  /** Asks a person where to, and writes a text there; its path, or null where nobody said. */
  saveText(name: string, text: string): Promise<string | null>;
  /** The secret that the system's keychain keeps for a place, in this workspace. */
  secretOf(place: string): Promise<string | null>;
  /** Keeps it there, or lets go of it where it is null; in words why it could not be kept safely. */
  keepSecret(place: string, secret: string | null): Promise<string | null>;
  /** Puts text on the clipboard. */
  copy(text: string): Promise<void>;
  /** The text on the clipboard. */
  pasteText(): Promise<string>;
  /** Light, dark, or as the system has it. */
  setTheme(theme: 'light' | 'dark' | 'system'): Promise<void>;
}
