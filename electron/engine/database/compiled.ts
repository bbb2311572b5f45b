import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** PGlite's programs and files, compiled and read once a process: a database opens again in half the time. */
export interface Compiled {
  readonly pgliteWasmModule: WebAssembly.Module;
  readonly initdbWasmModule: WebAssembly.Module;
  readonly fsBundle: Blob;
}

let compiled: Promise<Compiled> | undefined;

/** What every worker of this process shares. */
export function sharedCompiled(): Promise<Compiled> {
  compiled ??= compile();
  compiled.catch(() => {
    compiled = undefined;
  });
  return compiled;
}

async function compile(): Promise<Compiled> {
  const folder = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  const read = (name: string) => readFile(join(folder, name));
  const compileFile = async (name: string) => WebAssembly.compile(await read(name));
  const [pgliteWasmModule, initdbWasmModule, data] = await Promise.all([
    compileFile('pglite.wasm'),
    compileFile('initdb.wasm'),
    read('pglite.data'),
  ]);
  return { pgliteWasmModule, initdbWasmModule, fsBundle: new Blob([data]) };
}
