import { X } from 'lucide-react';
import { tabKind } from '../rooms/registry.ts';
import { useTasks } from '../tasks.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { showPanel, togglePanel, useLayout } from '../workspace/layout.ts';
import { activeTab, useTabs } from '../workspace/tabs.ts';
import { ProblemsPage, useOpenProblems } from './problems-page.tsx';
import { InTab } from './room-area.tsx';
import { TasksPage } from './tasks-page.tsx';

/** The area below the room: the tab's own pages, then problems and tasks. */
export function PanelArea() {
  const tab = useTabs(activeTab);
  const chosen = useLayout(({ panelPage }) => panelPage[tab?.kind ?? '']);
  const problems = useOpenProblems().length;
  const running = useTasks(({ tasks }) => tasks.filter(({ endedAt }) => endedAt === undefined).length);
  const own = (tab && tabKind(tab.kind)?.kind.panel) ?? [];
  const pages = [
    ...own.map(({ id, title, Component }) => ({
      id,
      title,
      content: tab && (
        <InTab tab={tab}>
          <Component />
        </InTab>
      ),
    })),
    { id: 'problems', title: 'Problems', aside: problems || undefined, content: <ProblemsPage /> },
    { id: 'tasks', title: 'Tasks', aside: running || undefined, content: <TasksPage /> },
  ];
  const value = pages.some(({ id }) => id === chosen) ? chosen : pages[0]?.id;
  return (
    <section aria-label="Panel" data-pane>
      <Tabs
        label="Panel"
        pages={pages}
        value={value ?? 'problems'}
        onChange={(page) => showPanel(tab?.kind ?? '', page)}
        actions={
          <IconButton label="Hide panel" icon={X} shortcut="Mod+J" onClick={() => togglePanel(false)} />
        }
      />
    </section>
  );
}
