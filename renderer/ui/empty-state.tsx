import type { LucideIcon } from 'lucide-react';
import { Button } from './button.tsx';
import { Kbd } from './kbd.tsx';
import styles from './states.module.css';

/** What a view with nothing in it says: one sentence, one button, one shortcut. */
export function EmptyState(props: {
  readonly icon?: LucideIcon;
  readonly says: string;
  readonly action?: {
    readonly label: string;
    readonly run: () => void;
    readonly shortcut?: string | undefined;
  };
}) {
  const { icon: Icon, says, action } = props;
  return (
    <div className={styles['centre']}>
      {Icon && <Icon aria-hidden className={styles['sign']} />}
      <p className={styles['says']}>{says}</p>
      {action && (
        <div className={styles['line']}>
          <Button onClick={action.run}>{action.label}</Button>
          {action.shortcut && <Kbd keys={action.shortcut} />}
        </div>
      )}
    </div>
  );
}
