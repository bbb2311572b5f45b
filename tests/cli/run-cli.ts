import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { appFile } from '../../electron/engine/app-files.ts';

/** What a command printed, and how it ended. */
export interface CliResult {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as one JSON document. */
  readonly json: () => Record<string, unknown>;
}

/** Runs the built `assay` command in a folder. */
export async function assay(cwd: string, ...words: readonly string[]): Promise<CliResult> {
  const child = spawn(process.execPath, [appFile('dist/cli.js'), ...words], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exit: child.exitCode, stdout, stderr, json: () => JSON.parse(stdout) as Record<string, unknown> };
}
