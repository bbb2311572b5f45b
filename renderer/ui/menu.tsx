import { ContextMenu as BaseContext } from '@base-ui/react/context-menu';
import { Menu as Base } from '@base-ui/react/menu';
import { Check, type LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';
import styles from './popup.module.css';

/** An entry of a menu, or a line between entries. */
export type MenuItem =
  | {
      readonly label: string;
      readonly icon?: LucideIcon | undefined;
      readonly shortcut?: string | undefined;
      readonly checked?: boolean;
      readonly disabled?: boolean;
      readonly danger?: boolean;
      readonly run: () => void;
    }
  | 'line';

function Items({ items }: { readonly items: readonly MenuItem[] }) {
  return (
    <Base.Positioner className={styles['place']} sideOffset={4}>
      <Base.Popup className={styles['popup']}>
        {items.map((item, index) =>
          item === 'line' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing else to tell them apart
            <Base.Separator key={index} className={styles['line']} />
          ) : (
            <Base.Item
              key={item.label}
              disabled={item.disabled ?? false}
              onClick={item.run}
              className={cx(styles['item'], item.danger && styles['danger'])}
            >
              {item.icon && <item.icon aria-hidden />}
              <span className={styles['words']}>{item.label}</span>
              {item.checked && <Check aria-label="chosen" className={styles['check']} />}
              {item.shortcut && <Kbd keys={item.shortcut} />}
            </Base.Item>
          ),
        )}
      </Base.Popup>
    </Base.Positioner>
  );
}

/** A button that opens a menu; `trigger` is the button. */
export function Menu(props: { readonly trigger: ReactElement; readonly items: readonly MenuItem[] }) {
  return (
    <Base.Root>
      <Base.Trigger render={props.trigger} />
      <Base.Portal>
        <Items items={props.items} />
      </Base.Portal>
    </Base.Root>
  );
}

/** A menu on right click, or the menu key, of the element inside it. */
export function ContextMenu(props: { readonly children: ReactElement; readonly items: readonly MenuItem[] }) {
  if (props.items.length === 0) return props.children;
  return (
    <BaseContext.Root>
      <BaseContext.Trigger render={props.children} />
      <BaseContext.Portal>
        <Items items={props.items} />
      </BaseContext.Portal>
    </BaseContext.Root>
  );
}
