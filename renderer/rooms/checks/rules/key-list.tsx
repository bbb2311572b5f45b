import { type ReactNode, useEffect, useRef } from 'react';
import { cx } from '../../../ui/cx.ts';
import styles from './key-list.module.css';

interface KeyListProps<T> {
  /** Its name, read aloud. */
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** The key of the chosen one. */
  readonly chosen: string | undefined;
  readonly onChoose: (item: T) => void;
  /** What other keys than the arrows do, by the key's own name. */
  readonly keys?: Readonly<Record<string, () => void>>;
  /** Also done where a line is clicked. */
  readonly onClick?: (item: T) => void;
  readonly render: (item: T) => ReactNode;
  readonly titleOf?: (item: T) => string;
  /** What the list and its lines look like beyond what all have in common. */
  readonly look: { readonly list: string | undefined; readonly line: string | undefined };
}

/** A list of which one line is chosen; it hears the keys that go from one to the next and that act on the chosen one. */
export function KeyList<T>(props: KeyListProps<T>) {
  const { label, items, keyOf, chosen, onChoose, keys = {}, onClick, render, titleOf, look } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  const step = (by: number) => {
    const at = items.findIndex((item) => keyOf(item) === chosen) + by;
    const next = items[Math.max(0, Math.min(items.length - 1, at))];
    if (next !== undefined) onChoose(next);
  };
  const actOf = (key: string): (() => void) | undefined => {
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -items.length, End: items.length }[key];
    return by === undefined ? keys[key] : () => step(by);
  };
  const idOf = (key: string) => `${label} ${key}`.replaceAll(/\s+/g, '-');
  return (
    <div
      ref={list}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={chosen === undefined ? undefined : idOf(chosen)}
      className={cx(styles['list'], look.list)}
      onKeyDown={(event) => {
        const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : actOf(event.key);
        if (!act) return;
        event.preventDefault();
        act();
      }}
    >
      {items.map((item) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself hears the keys
        <div
          key={keyOf(item)}
          role="option"
          id={idOf(keyOf(item))}
          aria-selected={keyOf(item) === chosen}
          tabIndex={-1}
          className={cx(styles['line'], look.line, keyOf(item) === chosen && styles['chosen'])}
          title={titleOf?.(item)}
          onClick={() => {
            onChoose(item);
            onClick?.(item);
          }}
        >
          {render(item)}
        </div>
      ))}
    </div>
  );
}
