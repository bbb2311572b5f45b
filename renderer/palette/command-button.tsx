import type { ButtonKind } from '../ui/button.tsx';
import { Button } from '../ui/button.tsx';
import { canRun, commandOf, contextNow, runCommand } from './all-commands.ts';

/** A button that does a command, with its title, icon and shortcut. */
export function CommandButton(props: {
  readonly id: string;
  readonly kind?: ButtonKind;
  readonly small?: boolean;
}) {
  const { id, ...look } = props;
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
      {command.title}
    </Button>
  );
}
