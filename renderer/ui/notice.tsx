import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import styles from './states.module.css';

const icons = { info: Info, ok: CircleCheck, warn: TriangleAlert, bad: CircleAlert };

interface Way {
  readonly label: string;
  readonly run: () => void;
}

/** A bar above a view: partial ("first 100,000 of 4,120,332 rows"), stale, read-only, or lost. */
export function Notice(props: {
  readonly tone?: keyof typeof icons;
  readonly children: ReactNode;
  readonly action?: Way;
  /** A second way on. */
  readonly other?: Way;
}) {
  const { tone = 'info', children, action, other } = props;
  const Icon = icons[tone];
  return (
    <div role="status" className={styles['notice']} data-tone={tone}>
      <Icon aria-hidden />
      <span>{children}</span>
      {[action, other].map(
        (way) =>
          way && (
            <Button key={way.label} small onClick={way.run}>
              {way.label}
            </Button>
          ),
      )}
    </div>
  );
}
