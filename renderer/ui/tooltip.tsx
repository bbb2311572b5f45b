import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';
import styles from './tooltip.module.css';

/** Says more about the one element inside it, on hover and on focus. */
export function Tooltip(props: {
  readonly says: ReactNode;
  readonly shortcut?: string | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  readonly children: ReactElement;
}) {
  const { says, shortcut, side = 'bottom', children } = props;
  return (
    <Base.Root
      onOpenChange={(_open, details) => details.reason === 'escape-key' && details.allowPropagation()}
    >
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className={styles['place']}>
          <Base.Popup className={styles['popup']}>
            <span>{says}</span>
            {shortcut && <Kbd keys={shortcut} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Lets neighbouring tooltips open at once; stands once around the app. */
export const TooltipProvider = Base.Provider;
