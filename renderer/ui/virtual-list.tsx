import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import { useRowHeight } from '../styles/theme.ts';
import styles from './virtual-list.module.css';

/** A list of which only what is seen is drawn; `render` gets the item and its position. */
export function VirtualList<Item>(props: {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item, index: number) => string | number;
  readonly render: (item: Item, index: number) => ReactNode;
  /** Default: the row height of the density. */
  readonly height?: number;
}) {
  const { label, items, keyOf, render } = props;
  const rowHeight = useRowHeight();
  const height = props.height ?? rowHeight;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
    <section ref={scroller} className={styles['scroller']} aria-label={label} tabIndex={0}>
      <ul className={styles['list']} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start, size }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <li
              key={keyOf(item, index)}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              className={styles['row']}
              style={{ height: size, transform: `translateY(${start}px)` }}
            >
              {render(item, index)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
