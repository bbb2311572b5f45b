import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { cx } from './cx.ts';
import { Tooltip } from './tooltip.tsx';

/** How much a button asks for attention. One `primary` at most in a view. */
export type ButtonKind = 'primary' | 'normal' | 'quiet' | 'danger';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'title'> {
  readonly kind?: ButtonKind;
  readonly small?: boolean;
  readonly icon?: LucideIcon | undefined;
  /** Works on it: disabled, and says so. */
  readonly busy?: boolean;
  readonly tooltip?: string | undefined;
  readonly shortcut?: string | undefined;
}

/** A button with words. */
export function Button(props: ButtonProps) {
  const { kind = 'normal', small, icon: Icon, busy, tooltip, shortcut, className, children, ...rest } = props;
  const button = (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      disabled={rest.disabled || busy}
      className={cx(styles['button'], styles[kind], small && styles['small'], className)}
    >
      {Icon && <Icon aria-hidden />}
      <span className={styles['words']}>{children}</span>
    </button>
  );
  if (!tooltip && !shortcut) return button;
  return (
    <Tooltip says={tooltip ?? children} shortcut={shortcut}>
      {button}
    </Tooltip>
  );
}
