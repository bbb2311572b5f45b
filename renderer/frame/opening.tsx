import { FolderOpen, RotateCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Problem } from '../../shared/problem.ts';
import { bridge } from '../bridge.ts';
import { useConnection } from '../engine.ts';
import { Button } from '../ui/button.tsx';
import { ProblemView } from '../ui/problem-view.tsx';
import { useAfter } from '../ui/skeleton.tsx';
import styles from './opening.module.css';

/** Chooses a folder and opens it as a workspace. */
export async function openFolder() {
  const dir = await bridge.chooseFolder('Open workspace');
  if (dir) await bridge.openWorkspace(dir);
}

function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}

/** What stands there until the workspace is open. */
export function OpeningPage() {
  const shown = useAfter(150);
  const seconds = useSeconds();
  const { phase, reason } = useConnection();
  if (!shown) return null;
  if (phase === 'stopped') {
    return <RefusedPage problem={{ code: 'engine_lost', message: reason ?? 'The engine does not start.' }} />;
  }
  return (
    <main className={styles['page']} role="status">
      <h1>Opening workspace…</h1>
      <p className={styles['says']}>
        {seconds < 2
          ? 'Starting the engine.'
          : `Starting the engine, ${seconds} s. A new workspace takes a few seconds.`}
      </p>
    </main>
  );
}

/** Why the workspace cannot be opened, and the ways on. */
export function RefusedPage({ problem }: { readonly problem: Problem }) {
  return (
    <main className={styles['page']}>
      <h1>This workspace did not open</h1>
      <div className={styles['problem']}>
        <ProblemView problem={problem} />
      </div>
      <div className={styles['ways']}>
        <Button kind="primary" icon={RotateCw} onClick={() => void bridge.restartEngine()}>
          Try again
        </Button>
        <Button icon={FolderOpen} onClick={() => void openFolder()}>
          Open another folder…
        </Button>
      </div>
    </main>
  );
}
