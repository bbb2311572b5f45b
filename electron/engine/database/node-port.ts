import type { MessagePort, Worker } from 'node:worker_threads';
import type { Port } from '../../../shared/wire.ts';

/** The wire's port over a worker, or over either end of Node's MessageChannel. */
export function nodePort(port: MessagePort | Worker): Port {
  return {
    post: (message) => port.postMessage(message),
    listen: (receive, closed) => {
      port.on('message', receive);
      port.once('terminate' in port ? 'exit' : 'close', closed);
    },
    close: () => {
      if ('close' in port) port.close();
    },
  };
}
