import { cpSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, inject, onTestFinished } from 'vitest';
import type { Database } from '../electron/engine/database/database.ts';
import { nodePort } from '../electron/engine/database/node-port.ts';
import { openEngine } from '../electron/engine/engine.ts';
import { openWorkspace, type Workspace } from '../electron/engine/workspace/workspace.ts';
import { contract, type Engine, type EngineEvent } from '../shared/contract/index.ts';
import { connect, serve } from '../shared/wire.ts';

/** A real engine on an empty workspace of its own, called over a real port. Closed when the test ends. */
export interface TestEngine {
  readonly dir: string;
  readonly engine: Engine;
  readonly events: readonly EngineEvent[];
  /** Closes the workspace before the test ends, to open it again or look at its files. */
  close(): Promise<void>;
}

/** An empty folder that is gone when the test ends. */
export async function scratchFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-test-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** One database for all tests of a file, which must not disturb one another; asked for in a test. */
export function sharedDatabase(): () => Database {
  const shared = sharedWorkspace();
  return () => shared().database;
}

/** One workspace for all tests of a file; asked for in a test. */
export function sharedWorkspace(): () => Workspace {
  let dir: string;
  let workspace: Workspace;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'assay-test-'));
    await putTemplate(dir);
    workspace = await openWorkspace({ dir, create: true });
  });
  afterAll(async () => {
    await workspace?.close();
    await rm(dir, { recursive: true, force: true });
  });
  return () => workspace;
}

/** The prepared data folder of a new workspace; unpacking it anew for every test takes a second each. */
async function putTemplate(dir: string): Promise<void> {
  const data = join(dir, '.assay', 'data');
  cpSync(inject('databaseTemplate'), data, { recursive: true });
  await chmod(data, 0o700);
}

/** A new folder with the prepared data in it, gone when the test ends: it opens as a workspace in half the time. */
export async function workspaceFolder(): Promise<string> {
  const dir = await scratchFolder();
  await putTemplate(dir);
  return dir;
}

/** Opens an engine on `dir`, by default on a new folder. */
export async function openTestEngine(given?: string): Promise<TestEngine> {
  const opened = await startTestEngine(given ?? (await workspaceFolder()));
  onTestFinished(opened.close);
  return opened;
}

/** One engine for all tests of a file, for those that do not disturb one another. */
export function sharedTestEngine(): () => TestEngine {
  let shared: TestEngine | undefined;
  beforeAll(async () => {
    const dir = await mkdtemp(join(tmpdir(), 'assay-test-'));
    await putTemplate(dir);
    shared = await startTestEngine(dir);
  });
  afterAll(async () => {
    await shared?.close();
    if (shared) await rm(shared.dir, { recursive: true, force: true });
  });
  return () => shared as TestEngine;
}

async function startTestEngine(dir: string): Promise<TestEngine> {
  const events: EngineEvent[] = [];
  const { port1, port2 } = new MessageChannel();
  const opened = openEngine({ dir, create: true }, (event) => events.push(event));
  serve(contract, opened.handlers, nodePort(port1), { onBug: (thrown) => console.error(thrown) });
  const connection = connect<typeof contract, EngineEvent>(contract, nodePort(port2));
  let closed: Promise<void> | undefined;
  const close = () => {
    connection.close();
    closed ??= opened.close();
    return closed;
  };
  try {
    await connection.client.workspace.info({});
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return { dir, engine: connection.client, events, close };
}
