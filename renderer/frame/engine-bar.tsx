import { useEffect } from 'react';
import { bridge } from '../bridge.ts';
import { engine, onEngineEvent, useConnection } from '../engine.ts';
import { useTasks } from '../tasks.ts';
import { Notice } from '../ui/notice.tsx';
import { toast } from '../ui/toast.tsx';

/** Says so when the workspace is open again, and not before. */
const tellBack = () =>
  engine.workspace.info({}).then(
    () =>
      toast({
        title: 'The engine is back',
        detail: 'What was saved is there; what was under way was not done.',
      }),
    () => {},
  );

/** On the desktop, and in a corner for who looks at the window. */
function tellAlert(title: string, detail: string): void {
  new Notification(title, { body: detail });
  toast({ title, detail, tone: 'warn' });
}

function tellRestarts() {
  const offEvent = onEngineEvent((event) => {
    if (event.event === 'alert') tellAlert(event.title, event.detail);
    if (event.event !== 'database restarted' || event.cancelled) return;
    const seconds = (event.ms / 1000).toFixed(1);
    toast({
      title: 'The database was opened again',
      detail: `${event.reason} It took ${seconds} s.`,
      tone: 'info',
    });
  });
  const offConnection = useConnection.subscribe(({ ports }, before) => {
    if (ports > 1 && ports > before.ports) void tellBack();
  });
  const offTasks = useTasks.subscribe(({ tasks }, before) => {
    for (const task of tasks) {
      const was = before.tasks.find(({ id }) => id === task.id);
      if (task.outcome && !was?.outcome) toast({ title: task.title, detail: task.outcome, tone: 'info' });
    }
  });
  return () => {
    offEvent();
    offConnection();
    offTasks();
  };
}

/** Says, above everything, that the engine is gone, why, and what happens next. */
export function EngineBar() {
  const { phase, reason = '' } = useConnection();
  useEffect(tellRestarts, []);
  if (phase === 'lost') {
    return <Notice tone="warn">The engine stopped and is being started again. {reason}</Notice>;
  }
  if (phase !== 'stopped') return null;
  return (
    <Notice tone="bad" action={{ label: 'Start engine', run: () => void bridge.restartEngine() }}>
      The engine stopped. {reason} What was saved is safe.
    </Notice>
  );
}
