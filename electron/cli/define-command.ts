import type { Command } from 'commander';
import type { Engine } from '../../shared/contract/index.ts';
import type { CallOptions } from '../../shared/wire.ts';

/** What a command is given. */
export interface CommandCall<Options = Record<string, unknown>> {
  readonly args: readonly string[];
  readonly options: Options;
  /** The workspace's folder, absolute. */
  readonly dir: string;
  /** The engine on that workspace, opened at the first call. */
  engine(): Promise<Engine>;
  /** To pass to long calls: progress goes to standard error, Ctrl-C cancels. */
  readonly long: CallOptions;
}

type Text = string | Uint8Array;

/** What a command gives back. */
export interface Outcome {
  /** Standard output under --json; a function where it is large, called only when it is asked for. */
  readonly json: unknown | (() => unknown);
  /** Standard output otherwise; bytes are written as they are. */
  readonly text: Text | (() => Text | Promise<Text>);
  /** 1 where the data failed, 2 where part of the request was wrong, 3 where something else broke. Default 0. */
  readonly exit?: number;
}

/** What one file in commands/ exports. */
export interface CommandDefinition {
  /** With its arguments as commander writes them: `import <files...>`. */
  readonly usage: string;
  readonly summary: string;
  /** The JSON document of --json in words, shown in the command's help. */
  readonly json: string;
  /** Order in the help: the road's. */
  readonly order: number;
  /** Adds the command's own options. */
  readonly configure?: (command: Command) => void;
  readonly run: (call: CommandCall) => Promise<Outcome>;
}

/** Types a command by its own options: `defineCommand<{ table?: string }>({ … })`. */
export const defineCommand = <Options = Record<string, never>>(
  definition: Omit<CommandDefinition, 'run'> & {
    readonly run: (call: CommandCall<Options>) => Promise<Outcome>;
  },
): CommandDefinition => definition as unknown as CommandDefinition;
