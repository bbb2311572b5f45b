import { isMac } from '../ui/keys.ts';
import { allCommands, canRun, contextNow, runCommand } from './all-commands.ts';

/** A key press as a shortcut is written: `Mod+Shift+K`. */
export function pressed(event: KeyboardEvent): string {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const parts = [
    mod && 'Mod',
    isMac && event.ctrlKey && 'Ctrl',
    event.altKey && 'Alt',
    event.shiftKey && 'Shift',
    keyName(event),
  ];
  return parts.filter(Boolean).join('+');
}

function keyName({ key, code }: KeyboardEvent): string {
  if (/^(Key|Digit)/.test(code) && key.length === 1) return code.slice(-1);
  return key === ' ' ? 'Space' : key;
}

const plain = (shortcut: string) => !/^(Mod|Ctrl|Alt)\+|^(Shift\+)?F\d+$/.test(shortcut);

/**
 * What takes the keys: a dialog or a menu, unlike a message in the corner, which Base UI makes a dialog too. One that
 * is closing is still drawn and may still have the focus, but what is pressed then is meant for the app.
 */
const cover = ':is([role=dialog], [role=alertdialog], [role=menu]):not([aria-modal=false])';
const closing = '[data-closed]';

const covered = () => document.querySelector(`${cover}:not(${closing})`) !== null;

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  !target.closest(`${cover}${closing}`) &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function onKey(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing) return;
  const exact = pressed(event);
  const loose =
    event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey ? event.key : exact;
  const context = contextNow();
  const ready = (shortcut: string) =>
    allCommands().find((candidate) => candidate.shortcut === shortcut && canRun(candidate, context));
  const command = ready(exact) ?? ready(loose);
  if (!command?.shortcut || covered()) return;
  if (plain(command.shortcut) && typing(event.target)) return;
  event.preventDefault();
  void runCommand(command, context);
}

/** Lets the keyboard reach the commands. */
export function listenForKeys() {
  window.addEventListener('keydown', onKey);
}
