import { FileQuestion, X } from 'lucide-react';
import { type DragEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { tabKind } from '../rooms/registry.ts';
import { ContextMenu } from '../ui/menu.tsx';
import { closeTab, closeTabs } from '../workspace/close-tab.ts';
import { activateTab, moveTab, stepTab, type Tab, useTabs } from '../workspace/tabs.ts';
import styles from './tab-bar.module.css';

const dragType = 'application/x-assay-tab';

/** A tab's title as its room words it. */
export const titleOf = (tab: Tab) => tabKind(tab.kind)?.kind.title?.(tab) ?? tab.title;

/** The open tabs; arrows move between them, Delete closes, dragging reorders. */
export function TabBar() {
  const tabs = useTabs((state) => state.tabs);
  const bar = useRef<HTMLDivElement>(null);
  useSeenTabInView(bar);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    stepTab(by);
    requestAnimationFrame(() =>
      bar.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus(),
    );
  };
  return (
    <div
      ref={bar}
      role="tablist"
      data-pane
      aria-label="Open tabs"
      className={styles['bar']}
      onKeyDown={onKeyDown}
      onDragOver={(event) => event.dataTransfer.types.includes(dragType) && event.preventDefault()}
      onDrop={(event) => moveTab(event.dataTransfer.getData(dragType), null)}
    >
      {tabs.map((tab) => (
        <OneTab key={tab.id} tab={tab} />
      ))}
    </div>
  );
}

/** Keeps the seen tab in view when the bar becomes narrower. */
function useSeenTabInView(bar: RefObject<HTMLDivElement | null>) {
  useEffect(() => {
    if (!bar.current) return;
    const observer = new ResizeObserver(() =>
      bar.current?.querySelector('[data-seen]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    );
    observer.observe(bar.current);
    return () => observer.disconnect();
  }, [bar]);
}

const menuOf = ({ id }: Tab) => [
  { label: 'Close', shortcut: 'Mod+W', run: () => void closeTab(id) },
  { label: 'Close others', run: () => void closeTabs((other) => other !== id) },
  { label: 'Close all', run: () => void closeTabs(() => true) },
];

function useDragging(tab: Tab) {
  const [over, setOver] = useState(false);
  const ours = (event: DragEvent) => event.dataTransfer.types.includes(dragType);
  return {
    over,
    handlers: {
      draggable: true,
      onDragStart: (event: DragEvent) => event.dataTransfer.setData(dragType, tab.id),
      onDragOver: (event: DragEvent) => {
        if (ours(event)) event.preventDefault();
        setOver(ours(event));
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        setOver(false);
        if (!ours(event)) return;
        event.stopPropagation();
        moveTab(event.dataTransfer.getData(dragType), tab.id);
      },
    },
  };
}

function OneTab({ tab }: { readonly tab: Tab }) {
  const seen = useTabs(({ active }) => active === tab.id);
  const place = useRef<HTMLDivElement>(null);
  const { over, handlers } = useDragging(tab);
  const Icon = tabKind(tab.kind)?.kind.icon ?? FileQuestion;
  const title = titleOf(tab);
  useEffect(() => {
    if (seen) place.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [seen]);
  return (
    <ContextMenu items={menuOf(tab)}>
      <div
        {...handlers}
        ref={place}
        role="presentation"
        className={styles['tab']}
        data-seen={seen || undefined}
        data-over={over || undefined}
        onAuxClick={(event) => event.button === 1 && void closeTab(tab.id)}
      >
        <button
          type="button"
          role="tab"
          id={`tab ${tab.id}`}
          aria-selected={seen}
          aria-keyshortcuts="Delete"
          aria-controls="room"
          tabIndex={seen ? 0 : -1}
          title={title}
          className={styles['name']}
          onClick={() => activateTab(tab.id)}
          onKeyDown={(event) => event.key === 'Delete' && void closeTab(tab.id)}
        >
          <Icon aria-hidden />
          <span className={styles['title']}>{title}</span>
          {tab.unsaved && <span className="visually-hidden">, unsaved</span>}
        </button>
        {tab.unsaved && <span aria-hidden className={styles['dot']} />}
        <button
          type="button"
          aria-hidden
          tabIndex={-1}
          title={`Close ${title}`}
          className={styles['close']}
          onClick={() => void closeTab(tab.id)}
        >
          <X />
        </button>
      </div>
    </ContextMenu>
  );
}
