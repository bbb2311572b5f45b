import { contract, type EngineEvent } from '../../shared/contract/index.ts';
import { type Served, serve } from '../../shared/wire.ts';
import { watchConnections } from './connections.ts';
import { electronPort } from './electron-port.ts';
import { openEngine } from './engine.ts';
import { workspaceLog } from './log.ts';

/**
 * The engine in Electron's utilityProcess: `engine.js DIR [--sample]`. Each message from main carries one port, to a window.
 * The message `close` makes it close the workspace and end; when main dies, the system ends it and the lock is left stale.
 */
const windows = new Set<Served<EngineEvent>>();
const dir = process.argv[2] ?? process.cwd();
const emit = (event: EngineEvent) => {
  for (const window of windows) window.emit(event);
};
watchConnections(() => emit({ event: 'changed', room: 'workspace' }));
const sample = process.argv.includes('--sample');
const engine = openEngine({ dir, create: true, sample, watch: true }, emit);

process.on('uncaughtExceptionMonitor', (thrown) => workspaceLog(dir, 'engine').bug('the engine', thrown));

process.parentPort.on('message', ({ data, ports: [port] }) => {
  if (data === 'close') void engine.close().then(() => process.exit(0));
  if (!port) return;
  const served = serve<typeof contract, EngineEvent>(
    contract,
    engine.handlers,
    electronPort(port, () => windows.delete(served)),
    {
      onBug: (thrown) => console.error(thrown),
    },
  );
  windows.add(served);
});
