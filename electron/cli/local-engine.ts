import { MessageChannel } from 'node:worker_threads';
import { contract, type Engine } from '../../shared/contract/index.ts';
import { connect, serve } from '../../shared/wire.ts';
import { nodePort } from '../engine/database/node-port.ts';
import { openEngine } from '../engine/engine.ts';

/** An engine in this process, called through the same wire and the same validation as the window's. */
export interface LocalEngine {
  readonly engine: Engine;
  close(): Promise<void>;
}

/** Opens a workspace here, or fails with the reason. */
export async function openLocalEngine(dir: string, create = false): Promise<LocalEngine> {
  const opened = openEngine({ dir, create, watch: true }, () => {});
  const { port1, port2 } = new MessageChannel();
  serve(contract, opened.handlers, nodePort(port1));
  const connection = connect(contract, nodePort(port2));
  const close = async () => {
    connection.close();
    await opened.settled();
    await opened.close();
  };
  try {
    await connection.client.workspace.info({});
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return { engine: connection.client, close };
}
