import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow, type Rectangle, screen } from 'electron';

const file = () => join(app.getPath('userData'), 'windows.json');

interface Bounds extends Partial<Rectangle> {
  readonly width: number;
  readonly height: number;
}

function all(): Record<string, Bounds> {
  try {
    return JSON.parse(readFileSync(file(), 'utf8')) as Record<string, Bounds>;
  } catch {
    return {};
  }
}

/** Where a workspace's window was, if that place is still on a screen. */
export function rememberedBounds(dir: string): Bounds {
  const known = all()[dir];
  if (!known) return { width: 1280, height: 800 };
  const area = screen.getDisplayMatching({ x: 0, y: 0, ...known }).workArea;
  const { x = 0, y = 0 } = known;
  const visible =
    x < area.x + area.width - 80 && y < area.y + area.height - 80 && x + known.width > area.x + 80;
  return visible && y >= area.y ? known : { width: known.width, height: known.height };
}

/** Keeps where the window is. */
export function rememberBounds(dir: string, window: BrowserWindow): void {
  writeFileSync(file(), JSON.stringify({ ...all(), [dir]: window.getNormalBounds() }));
}
