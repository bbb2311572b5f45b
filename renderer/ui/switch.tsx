import { Switch as Base } from '@base-ui/react/switch';
import type { ReactNode } from 'react';
import styles from './toggles.module.css';

/** Something that is on or off, at once. */
export function Switch(props: {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}) {
  const { label, checked, onChange, disabled = false } = props;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the switch inside
    <label className={styles['line']}>
      <Base.Root
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        className={styles['switch']}
      >
        <Base.Thumb className={styles['thumb']} />
      </Base.Root>
      <span>{label}</span>
    </label>
  );
}
