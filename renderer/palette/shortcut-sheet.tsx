import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { allCommands } from './all-commands.ts';
import type { Command } from './command.ts';
import { showOverlay, useOverlay } from './overlay.ts';
import styles from './shortcut-sheet.module.css';

function byGroup(): readonly (readonly [string, readonly Command[]])[] {
  const groups = new Map<string, Command[]>();
  for (const command of allCommands()) {
    if (command.shortcut) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  }
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Every shortcut, by group. */
export function ShortcutSheet() {
  const open = useOverlay((overlay) => overlay.open === 'shortcuts');
  return (
    <Dialog open={open} onClose={() => showOverlay(null)} title="Keyboard shortcuts" wide>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label="Shortcuts by group" className={styles['sheet']} tabIndex={0}>
        {byGroup().map(([group, commands]) => (
          <section key={group} className={styles['group']}>
            <h3>{group}</h3>
            <dl>
              {commands.map(({ id, title, shortcut = '' }) => (
                <div key={id} className={styles['line']}>
                  <dt>{title}</dt>
                  <dd>
                    <Kbd keys={shortcut} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </section>
    </Dialog>
  );
}
