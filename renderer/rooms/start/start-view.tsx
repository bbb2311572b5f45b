import { FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RecentWorkspace } from '../../../shared/bridge.ts';
import { bridge } from '../../bridge.ts';
import { openFolder } from '../../frame/opening.tsx';
import { Button } from '../../ui/button.tsx';
import { ago } from '../../ui/format.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { useEngine } from '../../use-engine.ts';
import styles from './start-view.module.css';
import { StationLine } from './station-line.tsx';
import { useStations } from './use-stations.ts';

function Road() {
  const stations = useStations();
  return (
    <section aria-labelledby="road" className={styles['part']}>
      <h2 id="road">The road</h2>
      <ol className={styles['road']}>
        {stations.map((station, index) => (
          <StationLine key={station.title} station={station} number={index + 1} />
        ))}
      </ol>
    </section>
  );
}

function useRecent(): readonly RecentWorkspace[] {
  const [recent, setRecent] = useState<readonly RecentWorkspace[]>([]);
  useEffect(() => {
    void bridge.recentWorkspaces().then(setRecent, () => setRecent([]));
  }, []);
  return recent;
}

function Recent({ here }: { readonly here: string | undefined }) {
  const others = useRecent().filter(({ dir }) => dir !== here);
  return (
    <section aria-labelledby="recent" className={styles['part']}>
      <h2 id="recent">Other workspaces</h2>
      <ul className={styles['recent']}>
        {others.slice(0, 6).map(({ dir, name, openedAt }) => (
          <li key={dir}>
            <button
              type="button"
              className={styles['workspace']}
              onClick={() => void bridge.openWorkspace(dir)}
            >
              <span className={styles['name']}>{name}</span>
              <span className={styles['dir']} title={dir}>
                {dir}
              </span>
              <span className={styles['when']}>{ago(openedAt)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Button icon={FolderOpen} shortcut="Mod+O" onClick={() => void openFolder()}>
        Open workspace…
      </Button>
    </section>
  );
}

/** What is in the workspace, how far along the road it is, and what to do next. */
export function StartView() {
  const { data } = useEngine('workspace', 'info', {});
  return (
    <div className={styles['page']}>
      <div className={styles['sheet']}>
        <header className={styles['head']}>
          <h1>{data?.name}</h1>
          <p className={styles['where']} data-selectable>
            {data?.dir}
          </p>
        </header>
        <Road />
        <Recent here={data?.dir} />
        <p className={styles['hint']}>
          <Kbd keys="Mod+K" /> reaches everything, <Kbd keys="?" /> shows every shortcut
        </p>
      </div>
    </div>
  );
}
