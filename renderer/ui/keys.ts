const mac = navigator.platform.startsWith('Mac');
const names: Readonly<Record<string, string>> = mac
  ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃', Enter: '⏎', Backspace: '⌫', Escape: 'Esc' }
  : { Mod: 'Ctrl', Backspace: '⌫', Escape: 'Esc', Delete: 'Del' };
const arrows: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** True where Mod is the command key. */
export const isMac = mac;

/** The parts of a shortcut as this system writes them. */
export const keysOf = (shortcut: string): readonly string[] =>
  shortcut.split(/\+(?!$)/).map((key) => names[key] ?? arrows[key] ?? key);
