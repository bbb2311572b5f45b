import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import styles from './tabs.module.css';

/** One page of a set of tabs. */
export interface TabPage {
  readonly id: string;
  readonly title: string;
  /** A count or a mark beside the title. */
  readonly aside?: ReactNode;
  readonly content: ReactNode;
}

/** Pages of which one is seen, with buttons for the whole at the right end. */
export function Tabs(props: {
  readonly label: string;
  readonly pages: readonly TabPage[];
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly actions?: ReactNode;
}) {
  const { label, pages, value, onChange, actions } = props;
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(String(next))} className={styles['root']}>
      <div className={styles['bar']}>
        <Base.List aria-label={label} className={styles['list']}>
          {pages.map((page) => (
            <Base.Tab key={page.id} value={page.id} className={styles['tab']}>
              {page.title}
              {page.aside !== undefined && <span className={styles['aside']}>{page.aside}</span>}
            </Base.Tab>
          ))}
        </Base.List>
        {actions}
      </div>
      {pages.map((page) => (
        <Base.Panel key={page.id} value={page.id} className={styles['panel']}>
          {page.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
