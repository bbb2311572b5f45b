import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { cx } from './cx.ts';
import styles from './dialog.module.css';
import { IconButton } from './icon-button.tsx';

/** A window over the app, closed by Escape. What has `data-first` gets the focus, else the first field. */
export function Dialog(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly says?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the one that acts last. */
  readonly actions?: ReactNode;
  readonly wide?: boolean;
}) {
  const { open, onClose, title, says, children, actions, wide } = props;
  const popup = useRef<HTMLDivElement>(null);
  useFocusGivenBack();
  const first = () =>
    popup.current?.querySelector<HTMLElement>('[data-first]') ??
    popup.current?.querySelector<HTMLElement>('input, textarea') ??
    popup.current;
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles['backdrop']} />
        <Base.Popup
          ref={popup}
          data-dialog
          initialFocus={first}
          className={cx(styles['popup'], wide && styles['wide'])}
        >
          <header className={styles['head']}>
            <Base.Title>{title}</Base.Title>
            <Base.Close render={<IconButton label="Close" icon={X} shortcut="Escape" />} />
          </header>
          {says && <Base.Description className={styles['says']}>{says}</Base.Description>}
          {children && <div className={styles['body']}>{children}</div>}
          {actions && <footer className={styles['foot']}>{actions}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** What had the focus gets it back when a dialog that is there only while it is open goes, unless something else has it by then. */
function useFocusGivenBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        const isFree = document.activeElement === null || document.activeElement === document.body;
        if (isFree && before instanceof HTMLElement && before.isConnected)
          before.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
