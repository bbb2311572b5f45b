import { Separator } from '@base-ui/react/separator';
import type { ReactNode } from 'react';
import styles from './toolbar.module.css';

/** A row of controls above a view; `end` stands at the right. */
export function Toolbar(props: {
  readonly label: string;
  readonly children?: ReactNode;
  readonly end?: ReactNode;
  /** Many controls stand on several lines where there is no room beside one another. */
  readonly wraps?: boolean;
}) {
  return (
    <div
      role="toolbar"
      aria-label={props.label}
      className={styles['bar']}
      data-wraps={props.wraps || undefined}
    >
      <div className={styles['start']}>{props.children}</div>
      {props.end && <div className={styles['end']}>{props.end}</div>}
    </div>
  );
}

/** A line between groups of a toolbar. */
export const ToolbarLine = () => <Separator orientation="vertical" className={styles['line']} />;
