import { PanelLeftClose, Plus } from 'lucide-react';
import { ExplorerTree } from '../explorer/tree.tsx';
import { allCommands, canRun, contextNow, runCommand } from '../palette/all-commands.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { useEngine } from '../use-engine.ts';
import { togglePart } from '../workspace/layout.ts';
import styles from './side-bar.module.css';

/** Commands of the group New, as the menu of the + button. */
function newItems(): readonly MenuItem[] {
  const context = contextNow();
  return allCommands()
    .filter((command) => command.group === 'New' && canRun(command, context))
    .map((command) => ({
      label: command.title,
      icon: command.icon,
      shortcut: command.shortcut,
      run: () => void runCommand(command),
    }));
}

/** The workspace's name and its tree. */
export function SideBar() {
  const { data } = useEngine('workspace', 'info', {});
  return (
    <nav aria-label="Explorer" data-pane className={styles['bar']}>
      <header className={styles['head']}>
        <h2 className={styles['name']} title={data?.dir}>
          {data?.name}
        </h2>
        <Menu items={newItems()} trigger={<IconButton label="New" icon={Plus} />} />
        <IconButton
          label="Hide side bar"
          icon={PanelLeftClose}
          shortcut="Mod+B"
          onClick={() => togglePart('sideBar', false)}
        />
      </header>
      <ExplorerTree />
    </nav>
  );
}
