import { Dialog } from '@base-ui/react/dialog';
import { Command as Cmdk } from 'cmdk';
import type { LucideIcon } from 'lucide-react';
import { useExplorer } from '../explorer/use-explorer.ts';
import { titleOf } from '../frame/tab-bar.tsx';
import { tabKind } from '../rooms/registry.ts';
import { Kbd } from '../ui/kbd.tsx';
import { activateTab, openTab, useTabs } from '../workspace/tabs.ts';
import { allCommands, canRun, contextNow, runCommand } from './all-commands.ts';
import { showOverlay, useOverlay } from './overlay.ts';
import styles from './palette.module.css';

interface EntryProps {
  readonly id: string;
  readonly title: string;
  readonly icon?: LucideIcon | undefined;
  readonly aside?: string | undefined;
  readonly shortcut?: string | undefined;
  readonly run: () => void;
}

function Entry({ id, title, icon: Icon, aside, shortcut, run }: EntryProps) {
  const choose = () => {
    showOverlay(null);
    run();
  };
  return (
    <Cmdk.Item value={id} keywords={[title, aside ?? '']} onSelect={choose} className={styles['entry']}>
      <span className={styles['icon']}>{Icon && <Icon aria-hidden />}</span>
      <span className={styles['title']}>{title}</span>
      {aside && <span className={styles['aside']}>{aside}</span>}
      {shortcut && <Kbd keys={shortcut} />}
    </Cmdk.Item>
  );
}

function OpenTabs() {
  const { tabs, active } = useTabs.getState();
  const others = tabs.filter(({ id }) => id !== active);
  if (others.length === 0) return null;
  return (
    <Cmdk.Group heading="Open tabs" className={styles['group']}>
      {others.map((tab) => (
        <Entry
          key={tab.id}
          id={`tab ${tab.id}`}
          title={titleOf(tab)}
          icon={tabKind(tab.kind)?.kind.icon}
          run={() => activateTab(tab.id)}
        />
      ))}
    </Cmdk.Group>
  );
}

function Commands() {
  const context = contextNow();
  const possible = allCommands().filter((command) => !command.hidden && canRun(command, context));
  return (
    <Cmdk.Group heading="Actions" className={styles['group']}>
      {possible.map((command) => (
        <Entry
          key={command.id}
          id={`command ${command.id}`}
          title={command.title}
          icon={command.icon}
          aside={command.on && context.target ? context.target.title : command.group}
          shortcut={command.shortcut}
          run={() => void runCommand(command)}
        />
      ))}
    </Cmdk.Group>
  );
}

function Objects() {
  const groups = useExplorer();
  return groups.map((group) =>
    group.items?.length ? (
      <Cmdk.Group key={group.id} heading={group.title} className={styles['group']}>
        {group.items.map(({ kind, key, title, icon, aside }) => (
          <Entry
            key={key}
            id={`${kind} ${key}`}
            title={title}
            icon={icon}
            aside={aside}
            run={() => openTab({ kind, key, title })}
          />
        ))}
      </Cmdk.Group>
    ) : null,
  );
}

/** Every action and every object of the workspace, by typing. */
export function Palette() {
  const open = useOverlay((overlay) => overlay.open === 'palette');
  return (
    <Dialog.Root open={open} onOpenChange={(next) => showOverlay(next ? 'palette' : null)}>
      <Dialog.Portal>
        <Dialog.Popup className={styles['popup']} aria-label="Commands and objects">
          <Cmdk label="Commands and objects" loop>
            <Cmdk.Input
              className={styles['input']}
              placeholder="Do something, or go to a table, pipeline, query…"
            />
            <Cmdk.List className={styles['list']} label="Commands and objects">
              <Cmdk.Empty className={styles['none']}>Nothing is called that.</Cmdk.Empty>
              <OpenTabs />
              <Commands />
              <Objects />
            </Cmdk.List>
          </Cmdk>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
