import { PanelRightClose } from 'lucide-react';
import { tabKind } from '../rooms/registry.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { togglePart } from '../workspace/layout.ts';
import { activeTab, useTabs } from '../workspace/tabs.ts';
import styles from './inspector.module.css';
import { InTab } from './room-area.tsx';

/** Whether the seen tab has something to inspect. */
export const useHasInspector = () =>
  useTabs((state) => {
    const tab = activeTab(state);
    return tab !== undefined && tabKind(tab.kind)?.kind.Inspector !== undefined;
  });

/** What is known of the thing chosen in the room: a column, a step, a finding, a row. */
export function InspectorArea() {
  const tab = useTabs(activeTab);
  const Inspector = tab && tabKind(tab.kind)?.kind.Inspector;
  return (
    <section aria-label="Inspector" data-pane className={styles['area']}>
      <header className={styles['head']}>
        <h2 className={styles['title']}>Inspector</h2>
        <IconButton
          label="Hide inspector"
          icon={PanelRightClose}
          shortcut="Mod+Alt+B"
          onClick={() => togglePart('inspector', false)}
        />
      </header>
      <div className={styles['body']}>
        {tab && Inspector && (
          <InTab tab={tab}>
            <Inspector />
          </InTab>
        )}
      </div>
    </section>
  );
}
