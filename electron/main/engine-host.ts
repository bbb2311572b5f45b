import { join } from 'node:path';
import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebContents } from 'electron';
import type { EngineProcessState } from '../../shared/bridge.ts';
import { sampleFolder } from './recent.ts';

/** A process that dies this often within this time is not started again by itself. */
const giveUp = { deaths: 4, withinMs: 60_000 };

/** The engine's process of one workspace: started, watched, started again when it dies. Carries no data. */
export class EngineHost {
  readonly #dir: string;
  readonly #window: WebContents;
  #process: UtilityProcess | undefined;
  #deaths: number[] = [];
  #closing = false;
  #state: EngineProcessState = { state: 'running' };

  constructor(dir: string, window: WebContents) {
    this.#dir = dir;
    this.#window = window;
    this.#start();
  }

  /** The process's number, for tests that kill it. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Joins the window to the engine with a fresh port; called each time the window has loaded. */
  connectWindow(): void {
    if (this.#window.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    this.#process?.postMessage('connect', [port1]);
    this.#window.postMessage('assay:port', null, [port2]);
    this.#tell(this.#state);
  }

  restart(): void {
    this.#deaths = [];
    if (!this.#process) this.#start();
    this.connectWindow();
  }

  /** Lets the engine close its workspace; kills it when that takes too long. */
  async close(): Promise<void> {
    this.#closing = true;
    const dying = this.#process;
    if (!dying) return;
    const gone = new Promise<void>((resolve) => dying.once('exit', () => resolve()));
    const late = setTimeout(() => dying.kill(), 10_000);
    dying.postMessage('close');
    await gone;
    clearTimeout(late);
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
    this.#process.once('exit', (code) => this.#died(code));
  }

  #died(code: number): void {
    this.#process = undefined;
    if (this.#closing) return;
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < giveUp.withinMs), now];
    const reason = `The engine stopped unexpectedly (code ${code}).`;
    if (this.#deaths.length >= giveUp.deaths) {
      this.#tell({ state: 'stopped', reason });
      return;
    }
    this.#tell({ state: 'restarting', reason });
    this.#start();
    this.connectWindow();
    this.#tell({ state: 'running' });
  }

  #tell(state: EngineProcessState): void {
    this.#state = state;
    if (!this.#window.isDestroyed()) this.#window.send('assay:engine-state', state);
  }
}
