import { Cable, WifiOff } from 'lucide-react';
import type { EngineStatus, Target } from '../../shared/contract/workspace.ts';
import { counted } from '../../shared/number-words.ts';
import { useConnection } from '../engine.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import { useEngine } from '../use-engine.ts';
import styles from './status-bar.module.css';

const placeOf = ({ host = 'localhost', port = 5432 }: Target) => `${host}:${port}`;

function detailOf({ open, made }: EngineStatus['connections']): string {
  if (open.length > 0) return `Connected to ${open.join(', ')} for what you asked for.`;
  return made > 0
    ? `No connection is open. ${counted(made, 'connection')} since the engine started.`
    : 'No connection was made since the engine started: nothing has left this computer.';
}

/** Whether anything is connected to this computer's Assay, as the engine counts its sockets. The window has no network at all. */
export function NetworkState() {
  const connected = useConnection(({ phase }) => phase === 'connected');
  const { data: status } = useEngine('workspace', 'status', {}, { every: 2000 });
  const { data: info } = useEngine('workspace', 'info', {});
  const seen = (connected && status?.connections) || { open: [], made: 0 };
  const names = seen.open.map(
    (place) => info?.targets.find((target) => placeOf(target) === place)?.name ?? place,
  );
  const Icon = names.length > 0 ? Cable : WifiOff;
  return (
    <Tooltip says={detailOf(seen)} side="top">
      <button type="button" className={styles['item']} data-tone={names.length > 0 ? 'info' : undefined}>
        <Icon aria-hidden />
        {names.length > 0 ? `connected to ${names.join(', ')}` : 'offline'}
      </button>
    </Tooltip>
  );
}
