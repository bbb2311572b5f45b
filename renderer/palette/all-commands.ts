import { toProblem } from '../../shared/problem.ts';
import { toastProblem } from '../ui/toast.tsx';
import { activeTab } from '../workspace/tabs.ts';
import type { Command, CommandContext } from './command.ts';

let registered: readonly Command[] = [];

/** Makes the commands known, once, before the first render; so nothing that runs a command needs to import it. */
export function registerCommands(commands: readonly Command[]) {
  registered = commands;
}

/** Every command there is. */
export const allCommands = () => registered;

/** A command by its id. */
export const commandOf = (id: string) => allCommands().find((command) => command.id === id);

/** What a command would act on now, or on the given thing. */
export function contextNow(target?: CommandContext['target']): CommandContext {
  const tab = activeTab();
  return { tab, target: target ?? tab };
}

/** Whether a command makes sense now. */
export function canRun(command: Command, context: CommandContext): boolean {
  if (command.on && context.target?.kind !== command.on) return false;
  return command.enabled?.(context) ?? true;
}

/** Does a command; what fails is told in a corner. */
export async function runCommand(command: Command, context: CommandContext = contextNow()) {
  if (!canRun(command, context)) return;
  try {
    await command.run(context);
  } catch (thrown) {
    // A task tells of its own end.
    if (toProblem(thrown).code !== 'cancelled') toastProblem(thrown);
  }
}

/** Does a command by its id, on the given thing or on what is seen. */
export async function runCommandById(id: string, target?: CommandContext['target']) {
  const command = commandOf(id);
  if (command) await runCommand(command, contextNow(target));
}

/** The commands for a thing of this kind. */
export const commandsOn = (kind: string) => allCommands().filter((command) => command.on === kind);
