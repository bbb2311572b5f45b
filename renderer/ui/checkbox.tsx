import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './toggles.module.css';

/** Yes or no, or some of many, with its words beside it. */
export function Checkbox(props: {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Some of what it stands for are chosen. */
  readonly some?: boolean;
  readonly disabled?: boolean;
  readonly hideLabel?: boolean;
}) {
  const { label, checked, onChange, some = false, disabled = false, hideLabel } = props;
  const Mark = some ? Minus : Check;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the checkbox inside
    <label className={styles['line']}>
      <Base.Root
        checked={checked}
        indeterminate={some}
        disabled={disabled}
        onCheckedChange={onChange}
        className={styles['box']}
      >
        <Base.Indicator className={styles['mark']}>
          <Mark aria-hidden />
        </Base.Indicator>
      </Base.Root>
      <span className={hideLabel ? 'visually-hidden' : undefined}>{label}</span>
    </label>
  );
}
