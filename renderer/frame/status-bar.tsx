import { CircleAlert, CircleCheck, CircleDashed, LoaderCircle, Pause, Play, X } from 'lucide-react';
import type { EngineStatus } from '../../shared/contract/workspace.ts';
import { bytes, duration } from '../../shared/number-words.ts';
import { useConnection } from '../engine.ts';
import { tabKind } from '../rooms/registry.ts';
import { progressWords } from '../task-words.ts';
import { cancelTask, pauseTask, resumeTask, useTasks } from '../tasks.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { useEngine } from '../use-engine.ts';
import { showPanel } from '../workspace/layout.ts';
import { activeTab, useTabs } from '../workspace/tabs.ts';
import { NetworkState } from './network-state.tsx';
import { InTab } from './room-area.tsx';
import styles from './status-bar.module.css';

const looks = {
  opening: { icon: CircleDashed, tone: 'plain', word: 'engine opening' },
  ready: { icon: CircleCheck, tone: 'ok', word: 'engine ready' },
  busy: { icon: LoaderCircle, tone: 'info', word: 'engine busy' },
  restarting: { icon: CircleDashed, tone: 'warn', word: 'engine restarting' },
  failed: { icon: CircleAlert, tone: 'bad', word: 'engine failed' },
  starting: { icon: CircleDashed, tone: 'plain', word: 'engine starting' },
  lost: { icon: CircleAlert, tone: 'bad', word: 'engine lost' },
  stopped: { icon: CircleAlert, tone: 'bad', word: 'engine stopped' },
} as const;

function tooltipOf(status: EngineStatus | undefined) {
  if (!status) return 'No engine to ask';
  const queued = status.queued > 0 ? ` · ${status.queued} waiting` : '';
  const memory = `${bytes(status.memoryBytes)} of memory${queued}`;
  return status.running ? `${status.running.title} for ${duration(status.running.ms)} · ${memory}` : memory;
}

const noticeable = 500;

/** The engine's state, short work left out so that the word does not flicker. */
function settled(status: EngineStatus | undefined): EngineStatus['state'] {
  if (!status) return 'opening';
  return status.state === 'busy' && (status.running?.ms ?? 0) < noticeable ? 'ready' : status.state;
}

function EngineState() {
  const phase = useConnection((connection) => connection.phase);
  const { data } = useEngine('workspace', 'status', {}, { every: 2000 });
  const status = phase === 'connected' ? data : undefined;
  const state = phase === 'connected' ? settled(data) : phase;
  const { icon: Icon, tone, word } = looks[state];
  return (
    <Tooltip says={tooltipOf(status)} side="top">
      <button
        type="button"
        className={styles['item']}
        data-tone={tone}
        onClick={() => showPanel('', 'tasks')}
      >
        <Icon aria-hidden />
        {word}
        {state === 'busy' && status?.running && (
          <span className={styles['cut']}>· {status.running.title}</span>
        )}
      </button>
    </Tooltip>
  );
}

function TabStatus() {
  const tab = useTabs(activeTab);
  const Status = tab && tabKind(tab.kind)?.kind.Status;
  if (!Status) return null;
  return (
    <span className={styles['item']}>
      <InTab tab={tab}>
        <Status />
      </InTab>
    </span>
  );
}

function RunningTasks() {
  const all = useTasks((state) => state.tasks);
  const running = all.filter(({ endedAt }) => endedAt === undefined);
  const tasks = running.length > 0 ? running : all.filter(({ status }) => status === 'paused');
  const kind = useTabs((state) => activeTab(state)?.kind ?? '');
  const [first, ...others] = tasks;
  if (!first) return null;
  return (
    <span className={styles['task']}>
      <button type="button" className={styles['item']} onClick={() => showPanel(kind, 'tasks')}>
        <span className={styles['cut']}>{first.title}</span>{' '}
        {first.status === 'paused' && (first.progress ? 'paused at ' : 'paused')}
        {progressWords(first)}
        {others.length > 0 && ` · and ${others.length} more`}
      </button>
      {first.status === 'paused' ? (
        <IconButton
          label={`Resume ${first.title}`}
          icon={Play}
          side="top"
          className={styles['cancel']}
          onClick={() => resumeTask(first)}
        />
      ) : (
        <>
          {first.pausing && (
            <IconButton
              label={`Pause ${first.title}`}
              icon={Pause}
              side="top"
              disabled={first.status !== 'running'}
              className={styles['cancel']}
              onClick={() => void pauseTask(first)}
            />
          )}
          <IconButton
            label={`Cancel ${first.title}`}
            icon={X}
            side="top"
            disabled={first.status === 'cancelling'}
            className={styles['cancel']}
            onClick={() => cancelTask(first.id)}
          />
        </>
      )}
    </span>
  );
}

/** One line: the engine, the seen tab's account, what runs, and whether anything is connected. */
export function StatusBar() {
  return (
    <footer data-pane className={styles['bar']}>
      <EngineState />
      <TabStatus />
      <span className={styles['gap']} />
      <RunningTasks />
      <NetworkState />
    </footer>
  );
}
