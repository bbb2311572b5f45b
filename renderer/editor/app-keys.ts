import { allCommands, canRun, contextNow, runCommand } from '../palette/all-commands.ts';
import { pressed } from '../palette/keyboard.ts';

/** Keys that mean something of their own while one writes. */
const ownKeys = new Set(['Mod+C', 'Mod+A', 'Mod+F', 'Mod+G', 'Mod+Shift+C', 'F2', 'Delete']);

/** Lets the app's shortcuts reach their commands before the editor takes the keys; true where one did. */
export function takeAppKeys(event: KeyboardEvent): boolean {
  const shortcut = pressed(event);
  if (!shortcut.includes('+') || ownKeys.has(shortcut)) return false;
  const context = contextNow();
  const command = allCommands().find(
    (candidate) => candidate.shortcut === shortcut && canRun(candidate, context),
  );
  if (!command) return false;
  event.preventDefault();
  event.stopPropagation();
  void runCommand(command, context);
  return true;
}
