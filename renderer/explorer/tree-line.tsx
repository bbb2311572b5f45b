import { ChevronRight, CircleX, TriangleAlert } from 'lucide-react';
import { count } from '../../shared/number-words.ts';
import { canRun, commandsOn, contextNow, runCommand } from '../palette/all-commands.ts';
import { Badge } from '../ui/badge.tsx';
import { cx } from '../ui/cx.ts';
import { ContextMenu, type MenuItem } from '../ui/menu.tsx';
import { tabId, useTabs } from '../workspace/tabs.ts';
import type { ExplorerItem } from './group.ts';
import styles from './tree.module.css';
import type { TreeRow } from './tree-rows.ts';

/** What can be done with an object, as its context menu. */
export function objectMenu(item: ExplorerItem): readonly MenuItem[] {
  const context = contextNow(item);
  const possible = commandsOn(item.kind).filter((command) => canRun(command, context));
  const entries = (danger: boolean): MenuItem[] =>
    possible
      .filter((command) => (command.danger ?? false) === danger)
      .map((command) => ({
        label: command.title,
        icon: command.icon,
        shortcut: command.shortcut,
        danger,
        run: () => void runCommand(command, context),
      }));
  const safe = entries(false);
  const dangerous = entries(true);
  return safe.length && dangerous.length ? [...safe, 'line', ...dangerous] : [...safe, ...dangerous];
}

interface LineProps {
  readonly row: TreeRow;
  readonly focusable: boolean;
  readonly onFocus: () => void;
  readonly onAct: () => void;
}

/** A line of the tree: a group, an object, or the word that a group is empty. */
export function TreeLine(props: LineProps) {
  const { row } = props;
  if (row.is === 'group') return <GroupLine {...props} row={row} />;
  if (row.is === 'item') return <ItemLine {...props} row={row} />;
  const says = row.group.problem?.message ?? (row.group.items ? row.group.none : '…');
  return (
    <div
      role="treeitem"
      aria-level={2}
      tabIndex={props.focusable ? 0 : -1}
      onFocus={props.onFocus}
      className={cx(styles['line'], styles['none'], row.group.problem && styles['bad'])}
      title={says}
    >
      {says}
    </div>
  );
}

function GroupLine({
  row,
  focusable,
  onFocus,
  onAct,
}: LineProps & { readonly row: TreeRow & { is: 'group' } }) {
  const { group, open } = row;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
    <div
      role="treeitem"
      aria-level={1}
      aria-expanded={open}
      tabIndex={focusable ? 0 : -1}
      onFocus={onFocus}
      onClick={onAct}
      data-group={group.id}
      className={cx(styles['line'], styles['group'])}
    >
      <ChevronRight aria-hidden className={styles['fold']} data-open={open || undefined} />
      <span className={styles['title']}>{group.title}</span>
      {group.items && <span className={styles['aside']}>{count(group.items.length)}</span>}
    </div>
  );
}

function ItemLine({
  row,
  focusable,
  onFocus,
  onAct,
}: LineProps & { readonly row: TreeRow & { is: 'item' } }) {
  const { item, group, at } = row;
  const seen = useTabs(({ active }) => active === tabId(item));
  const line = (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
    <div
      role="treeitem"
      aria-level={2}
      aria-selected={seen}
      aria-setsize={group.items?.length}
      aria-posinset={at + 1}
      tabIndex={focusable ? 0 : -1}
      onFocus={onFocus}
      onClick={onAct}
      className={styles['line']}
    >
      <item.icon aria-hidden className={styles['icon']} />
      <span className={styles['title']} title={item.title}>
        {item.title}
      </span>
      {item.marks?.map(({ tone, text, says }) => (
        <span key={says} className={styles['mark']} title={says}>
          <span aria-hidden>
            <Badge tone={tone}>
              {tone === 'warn' && <TriangleAlert />}
              {tone === 'bad' && <CircleX />}
              {text}
            </Badge>
          </span>
          <span className="visually-hidden">{says}</span>
        </span>
      ))}
      {item.aside && <span className={styles['aside']}>{item.aside}</span>}
    </div>
  );
  return <ContextMenu items={objectMenu(item)}>{line}</ContextMenu>;
}
