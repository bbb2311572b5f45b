import type { MessagePortMain } from 'electron';
import type { Port } from '../../shared/wire.ts';

/** The wire's port over Electron's MessagePortMain; `gone` is told when the window has closed its end. */
export function electronPort(port: MessagePortMain, gone: () => void): Port {
  return {
    post: (message) => port.postMessage(message),
    listen: (receive, closed) => {
      port.on('message', ({ data }) => receive(data));
      port.on('close', () => {
        gone();
        closed();
      });
      port.start();
    },
    close: () => port.close(),
  };
}
