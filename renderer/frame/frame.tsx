import { PanelBottom, PanelLeft, PanelRight } from 'lucide-react';
import { IconButton } from '../ui/icon-button.tsx';
import { Splitter } from '../ui/splitter.tsx';
import { useEngine } from '../use-engine.ts';
import { togglePanel, togglePart, useLayout, usePanelOpen } from '../workspace/layout.ts';
import { useScheduledRuns } from '../workspace/scheduled-runs.ts';
import { useTabs } from '../workspace/tabs.ts';
import { ActivityBar } from './activity-bar.tsx';
import { EngineBar } from './engine-bar.tsx';
import { FileDrop } from './file-drop.tsx';
import styles from './frame.module.css';
import { useFreshSample } from './fresh-sample.ts';
import { InspectorArea, useHasInspector } from './inspector.tsx';
import { PanelArea } from './panel.tsx';
import { RoomArea } from './room-area.tsx';
import { SideBar } from './side-bar.tsx';
import { StartWhenEmpty } from './start-when-empty.tsx';
import { StatusBar } from './status-bar.tsx';
import { TabBar } from './tab-bar.tsx';

function Head() {
  const { sideBar, inspector } = useLayout();
  const panel = usePanelOpen();
  const hasInspector = useHasInspector();
  return (
    <div className={styles['head']}>
      {!sideBar && (
        <IconButton
          label="Show side bar"
          icon={PanelLeft}
          shortcut="Mod+B"
          onClick={() => togglePart('sideBar')}
        />
      )}
      <TabBar />
      <div className={styles['parts']}>
        <IconButton
          label="Panel"
          icon={PanelBottom}
          shortcut="Mod+J"
          pressed={panel}
          onClick={() => togglePanel()}
        />
        {hasInspector && (
          <IconButton
            label="Inspector"
            icon={PanelRight}
            shortcut="Mod+Alt+B"
            pressed={inspector}
            onClick={() => togglePart('inspector')}
          />
        )}
      </div>
    </div>
  );
}

function Centre() {
  const { rows } = useLayout();
  const panel = usePanelOpen();
  const none = useTabs(({ tabs }) => tabs.length === 0);
  return (
    <div className={styles['centre']}>
      <Head />
      <Splitter
        label="panel"
        direction="column"
        sizes={rows}
        onSizes={(sizes) => useLayout.setState({ rows: sizes })}
        parts={[
          { id: 'room', content: none ? <StartWhenEmpty /> : <RoomArea />, min: 120 },
          { id: 'panel', content: <PanelArea />, size: '34%', min: 96, hidden: !panel },
        ]}
      />
    </div>
  );
}

/** The whole window: rooms at the left, tree, tabs, panel, inspector, status. */
export function Frame() {
  const { sideBar, inspector, columns } = useLayout();
  const hasInspector = useHasInspector();
  const { data } = useEngine('workspace', 'info', {});
  useFreshSample(data?.sample ?? false);
  useScheduledRuns();
  return (
    <FileDrop>
      <EngineBar />
      <div className={styles['middle']}>
        <ActivityBar />
        <main className={styles['main']}>
          <h1 className="visually-hidden">{data?.name}</h1>
          <Splitter
            label="side bars"
            direction="row"
            sizes={columns}
            onSizes={(sizes) => useLayout.setState({ columns: sizes })}
            parts={[
              { id: 'side', content: <SideBar />, size: 240, min: 180, max: 480, hidden: !sideBar },
              { id: 'centre', content: <Centre />, min: 320 },
              {
                id: 'inspector',
                content: <InspectorArea />,
                size: 280,
                min: 200,
                max: 560,
                hidden: !inspector || !hasInspector,
              },
            ]}
          />
        </main>
      </div>
      <StatusBar />
    </FileDrop>
  );
}
