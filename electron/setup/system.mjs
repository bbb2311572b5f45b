import { hasApt, installPackages, isPackageInstalled, isPackageKnown } from './apt.mjs';
import { asCommand } from './as-command.mjs';

/** What Electron loads, and what a screenless machine needs besides; a name may have changed between releases. */
const libraries = [
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libxss1'],
  ['libxtst6'],
  ['libnotify4'],
  ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
  ['libdrm2'],
  ['libxkbcommon0'],
  ['fonts-liberation'],
  ['dbus'],
];

const screen = [['xvfb'], ['xauth']];

/**
 * Sees to the system libraries that Electron needs; other systems than Debian's bring or manage their own.
 * @param {{ virtualScreen?: boolean }} [options] whether windows open on a virtual screen
 */
export function ensureSystemLibraries({ virtualScreen = false } = {}) {
  if (!hasApt) return;
  const missing = [...libraries, ...(virtualScreen ? screen : [])].filter(
    (names) => !names.some(isPackageInstalled),
  );
  installPackages(
    missing.map((names) => names.find(isPackageKnown) ?? String(names[0])),
    'Electron',
  );
}

await asCommand(import.meta.url, async () => ensureSystemLibraries({ virtualScreen: true }));
