import type { MessagePort, Worker } from 'node:worker_threads';
import type { Port } from '../../../shared/wire.ts';

/**
 * The wire's port over a worker, or over either end of Node's MessageChannel. One that `gives` hands the bytes of its
 * replies over instead of copying them: for a server that keeps none of what it answers.
 */
export function nodePort(port: MessagePort | Worker, gives = false): Port {
  return {
    post: (message) => port.postMessage(message, gives ? whole(message) : []),
    listen: (receive, closed) => {
      port.on('message', receive);
      port.once('terminate' in port ? 'exit' : 'close', closed);
    },
    close: () => {
      if ('close' in port) port.close();
    },
  };
}

/** The buffer of a reply that is nothing but bytes, where they fill it. */
function whole(message: unknown): ArrayBuffer[] {
  const { value } = message as { readonly value?: unknown };
  if (!(value instanceof Uint8Array) || value.byteLength !== value.buffer.byteLength) return [];
  return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
}
