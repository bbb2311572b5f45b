import type { Command } from './command.ts';

/** What a command file exports by default: one command, or what makes several that differ in one word. */
type Exported = Command | (() => readonly Command[]);

const found = import.meta.glob<Exported>(['../commands/*.ts', '../rooms/*/commands/*.ts'], {
  eager: true,
  import: 'default',
});

/** The command of every command file; those that depend on the rooms are made when asked for. */
export const foundCommands = (): readonly Command[] =>
  Object.values(found).flatMap((exported) => (typeof exported === 'function' ? exported() : [exported]));
