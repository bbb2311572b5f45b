import { join } from 'node:path';
import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebContents } from 'electron';
import type { EngineProcessState } from '../../shared/bridge.ts';
import { type Log, workspaceLog } from '../engine/log.ts';
import { sampleFolder } from './recent.ts';

/** A process that dies this often within this time is not started again by itself. */
const giveUp = { deaths: 4, withinMs: 60_000 };

/** The engine's process of one workspace: started, watched, started again when it dies. Carries no data. */
export class EngineHost {
  readonly #dir: string;
  /** What becomes of the processes, written down in the workspace. */
  readonly log: Log;
  #window: WebContents | undefined;
  #process: UtilityProcess | undefined;
  #deaths: number[] = [];
  #closing = false;
  #state: EngineProcessState = { state: 'running' };

  constructor(dir: string) {
    this.#dir = dir;
    this.log = workspaceLog(dir, 'app');
    this.#start();
  }

  /** Names the window that the engine works for. */
  attach(window: WebContents): void {
    this.#window = window;
  }

  /** Joins the window to the engine with a fresh port; called each time the window has loaded. */
  connectWindow(): void {
    if (!this.#window || this.#window.isDestroyed()) return;
    if (!this.#process) {
      this.#tell(this.#state);
      return;
    }
    const { port1, port2 } = new MessageChannelMain();
    this.#process.postMessage('connect', [port1]);
    this.#window.postMessage('assay:port', null, [port2]);
  }

  /** Ends the process, also one that hangs, and starts another. */
  async restart(): Promise<void> {
    this.log.say('engine restarted by hand');
    this.#deaths = [];
    const old = this.#process;
    this.#process = undefined;
    this.#tell({ state: 'restarting', reason: 'The engine is restarted.' });
    if (old) await ended(old, 3000);
    if (!this.#closing) this.#startAndConnect();
  }

  /** Lets the engine close its workspace; kills it when that takes too long. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#process) await ended(this.#process, 10_000);
    this.log.say('closed');
  }

  #start(): void {
    this.#process = utilityProcess.fork(
      join(import.meta.dirname, 'engine.js'),
      [this.#dir, ...(this.#dir === sampleFolder() ? ['--sample'] : [])],
      {
        serviceName: 'Assay engine',
        stdio: 'inherit',
      },
    );
    const started = this.#process;
    started.once('spawn', () => this.log.say('engine started', { engine: started.pid ?? 0 }));
    started.once('exit', (code) => this.#died(started, code));
  }

  /** The state goes out before the port: what comes after it would be taken for news of the new engine. */
  #startAndConnect(): void {
    this.#start();
    this.#tell({ state: 'running' });
    this.connectWindow();
  }

  #died(dead: UtilityProcess, code: number): void {
    if (this.#closing || this.#process !== dead) return;
    this.#process = undefined;
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < giveUp.withinMs), now];
    const reason = `The engine stopped unexpectedly (code ${code}).`;
    const again = this.#deaths.length < giveUp.deaths;
    this.log.say('engine died', { code, deaths: this.#deaths.length, again: again ? 'yes' : 'no' });
    if (!again) {
      this.#tell({ state: 'stopped', reason });
      return;
    }
    this.#tell({ state: 'restarting', reason });
    this.#startAndConnect();
  }

  #tell(state: EngineProcessState): void {
    this.#state = state;
    if (this.#window && !this.#window.isDestroyed()) this.#window.send('assay:engine-state', state);
  }
}

/** Asks a process to close its workspace and waits for its end; one that does not end in time is killed. */
async function ended(dying: UtilityProcess, patienceMs: number): Promise<void> {
  const gone = new Promise<void>((resolve) => dying.once('exit', () => resolve()));
  const late = setTimeout(() => dying.kill(), patienceMs);
  dying.postMessage('close');
  await gone;
  clearTimeout(late);
}
