#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { type Problem, toProblem } from '../../shared/problem.ts';
import { appFile } from '../engine/app-files.ts';
import { commands } from './commands.ts';
import type { CommandDefinition, Outcome } from './define-command.ts';
import { type LocalEngine, openLocalEngine } from './local-engine.ts';
import { exitOf, muteStreams, problemText, toJson, write } from './output.ts';
import { progressLine } from './progress.ts';

interface CommonOptions {
  readonly workspace: string;
  readonly json?: boolean;
  readonly debug?: boolean;
}

const { version } = JSON.parse(readFileSync(appFile('package.json'), 'utf8')) as { version: string };
const json = process.argv.includes('--json');
const debug = process.argv.includes('--debug');

async function main(argv: readonly string[]): Promise<number> {
  let exit = 0;
  const program = new Command('assay')
    .description('A data workbench: import, pipelines, checks, search, promotion — on a folder, offline.')
    .option('--workspace <dir>', "the workspace's folder, for any command")
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  for (const definition of commands) {
    add(program, definition, async (call) => {
      exit = await call;
    });
  }
  try {
    await program.parseAsync([...argv]);
    return exit;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    return fail(thrown instanceof CommanderError ? usageProblem(thrown) : toProblem(thrown));
  }
}

const usageProblem = ({ message }: CommanderError): Problem => ({
  code: 'bad_input',
  message: message.replace(/^error: /, '').replace(/^\(outputHelp\)$/, 'No command was given.'),
  hint: 'Run `assay --help` for the list of commands.',
});

/** A request that was wrong always says what to do next. */
const withHint = (failed: Problem, { usage }: CommandDefinition): Problem =>
  failed.code === 'bad_input' && !failed.hint
    ? { ...failed, hint: `See: assay ${usage.split(' ')[0]} --help` }
    : failed;

async function fail(failed: Problem): Promise<number> {
  if (json) await write(process.stdout, toJson({ problem: debug ? failed : withoutStack(failed) }));
  else await write(process.stderr, problemText(failed, debug));
  return exitOf(failed);
}

function withoutStack({ stack: _stack, ...rest }: Problem): Problem {
  return rest;
}

function add(
  program: Command,
  definition: CommandDefinition,
  done: (exit: Promise<number>) => Promise<void>,
): void {
  const command = program
    .command(definition.usage)
    .description(definition.summary)
    .option('--workspace <dir>', "the workspace's folder", '.')
    .option('--json', 'standard output is exactly one JSON document')
    .option('--debug', 'show the stack of an unexpected error')
    .addHelpText('after', `\nWith --json:\n  ${definition.json}\n`);
  definition.configure?.(command);
  command.action((...given: unknown[]) => {
    const options = { ...(given.at(-2) as CommonOptions), ...placedBefore(program) };
    const args = (given.slice(0, -2) as (string | string[] | undefined)[])
      .flat()
      .filter((arg) => arg !== undefined);
    return done(execute(definition, args, options));
  });
}

/** `--workspace` may also stand before the command's name. */
function placedBefore(program: Command): Partial<CommonOptions> {
  const { workspace } = program.opts<Partial<CommonOptions>>();
  return workspace === undefined ? {} : { workspace };
}

async function execute(
  definition: CommandDefinition,
  args: string[],
  options: CommonOptions,
): Promise<number> {
  const abort = new AbortController();
  const line = progressLine(process.stderr);
  let local: LocalEngine | undefined;
  const interrupt = () => {
    if (abort.signal.aborted) process.exit(3);
    abort.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    const dir = resolve(options.workspace);
    const outcome = await definition.run({
      args,
      options: options as unknown as Record<string, unknown>,
      dir,
      engine: async () => {
        local ??= await openLocalEngine(dir);
        return local.engine;
      },
      long: { signal: abort.signal, onProgress: line.show },
    });
    line.end();
    return await print(outcome);
  } catch (thrown) {
    line.end();
    return await fail(withHint(toProblem(thrown), definition));
  } finally {
    await local?.close();
  }
}

async function print({ json: document, text, exit = 0 }: Outcome): Promise<number> {
  const asked = json ? document : text;
  const made: unknown = typeof asked === 'function' ? await asked() : asked;
  await write(process.stdout, json ? toJson(made) : (made as string | Uint8Array));
  return exit;
}

muteStreams();
process.exitCode = await main(process.argv);
// Threads of the embedding model and of DuckDB may still be open.
process.exit();
