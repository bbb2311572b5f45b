import type { CommandDefinition } from './define-command.ts';

const found = import.meta.glob<{ readonly default: CommandDefinition }>('./commands/*.ts', { eager: true });

/** Every command, in the order of the road. */
export const commands: readonly CommandDefinition[] = Object.values(found)
  .map((module) => module.default)
  .sort((a, b) => a.order - b.order);
