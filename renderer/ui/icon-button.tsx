import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { cx } from './cx.ts';
import { Tooltip } from './tooltip.tsx';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'title'> {
  /** Its name, read aloud and shown in the tooltip. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly shortcut?: string | undefined;
  /** For a button that stays down. */
  readonly pressed?: boolean;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
}

/** A button of one icon, with its name and shortcut in a tooltip. */
export function IconButton(props: IconButtonProps) {
  const { label, icon: Icon, shortcut, pressed, side, className, ...rest } = props;
  return (
    <Tooltip says={label} shortcut={shortcut} {...(side ? { side } : {})}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        className={cx(styles['button'], styles['quiet'], styles['icon'], className)}
      >
        <Icon aria-hidden />
      </button>
    </Tooltip>
  );
}
