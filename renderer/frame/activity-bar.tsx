import { Settings } from 'lucide-react';
import { foldGroup } from '../explorer/tree.tsx';
import type { Room } from '../rooms/define-room.ts';
import { allRooms, tabKind } from '../rooms/registry.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import { activeTab, openTab, useTabs } from '../workspace/tabs.ts';
import styles from './activity-bar.module.css';

/** Goes to a room: unfolds its group in the tree and opens its own tab where it has one. */
export function goToRoom(room: Room) {
  foldGroup(room.kind, false);
  room.home?.();
}

/** Opens the settings. */
export const openSettings = () => openTab({ kind: 'settings', key: 'settings', title: 'Settings' });

/** The rooms as buttons, in the order of the road; settings below. */
export function ActivityBar() {
  const kind = useTabs((state) => activeTab(state)?.kind);
  const room = kind ? tabKind(kind)?.room : undefined;
  const lit = room?.within ?? room?.kind;
  return (
    <nav aria-label="Rooms" data-pane className={styles['bar']}>
      {allRooms()
        .filter(({ place }) => place !== undefined)
        .map((each) => (
          <RoomButton
            key={each.kind}
            title={each.title}
            icon={each.icon}
            shortcut={`Mod+${each.place}`}
            lit={each.kind === lit}
            onClick={() => goToRoom(each)}
          />
        ))}
      <span className={styles['gap']} />
      <RoomButton
        title="Settings"
        icon={Settings}
        shortcut="Mod+,"
        lit={lit === 'settings'}
        onClick={openSettings}
      />
    </nav>
  );
}

function RoomButton(props: {
  readonly title: string;
  readonly icon: Room['icon'];
  readonly shortcut: string;
  readonly lit: boolean;
  readonly onClick: () => void;
}) {
  const { title, icon: Icon, shortcut, lit, onClick } = props;
  return (
    <Tooltip says={title} shortcut={shortcut} side="right">
      <button
        type="button"
        aria-label={title}
        aria-current={lit ? 'page' : undefined}
        className={styles['room']}
        onClick={onClick}
      >
        <Icon aria-hidden />
      </button>
    </Tooltip>
  );
}
