import type { ButtonKind } from '../ui/button.tsx';
import { Button } from '../ui/button.tsx';
import { canRun, commandOf, contextNow, runCommand } from './all-commands.ts';

/** A button that does a command, with its title, icon and shortcut. */
export function CommandButton(props: {
  readonly id: string;
  readonly kind?: ButtonKind;
  readonly small?: boolean;
  /** What it does now, where that is more than its title says. */
  readonly words?: string;
}) {
  const { id, words, ...look } = props;
  const command = commandOf(id);
  if (!command) return null;
  return (
    <Button
      {...look}
      icon={command.icon}
      shortcut={command.shortcut}
      disabled={!canRun(command, contextNow())}
      onClick={() => void runCommand(command)}
    >
      {words ?? command.title}
    </Button>
  );
}
