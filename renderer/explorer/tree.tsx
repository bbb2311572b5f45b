import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useLayout } from '../workspace/layout.ts';
import { openTab } from '../workspace/tabs.ts';
import styles from './tree.module.css';
import { TreeLine } from './tree-line.tsx';
import { findByTitle, moveTo, type TreeRow, treeRows } from './tree-rows.ts';
import { useExplorer } from './use-explorer.ts';

/** Folds or unfolds a group of the tree. */
export function foldGroup(id: string, fold: boolean) {
  useLayout.setState(({ folded }) => ({
    folded: fold ? [...new Set([...folded, id])] : folded.filter((other) => other !== id),
  }));
}

function act(row: TreeRow | undefined) {
  if (row?.is === 'group') foldGroup(row.id, row.open);
  if (row?.is === 'item') openTab({ kind: row.item.kind, key: row.item.key, title: row.item.title });
}

function fold(row: TreeRow | undefined, key: string): boolean {
  if (row?.is !== 'group') return false;
  const wanted = key === 'ArrowLeft' ? row.open : key === 'ArrowRight' ? !row.open : false;
  if (wanted) foldGroup(row.id, row.open);
  return wanted;
}

const spell = 700;

/** Letters typed shortly after one another. */
function useTyped() {
  const typed = useRef({ text: '', at: 0 });
  return (letter: string) => {
    const now = Date.now();
    const text = now - typed.current.at < spell ? typed.current.text + letter : letter;
    typed.current = { text, at: now };
    return text;
  };
}

/** What the keys do in the tree, and which line has the focus. */
function useTreeKeys(rows: readonly TreeRow[]) {
  const [focus, setFocus] = useState('tables');
  const type = useTyped();
  const moved = useRef(false);
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === focus),
  );
  const goTo = (next: number) => {
    moved.current = true;
    setFocus(rows[next]?.id ?? 'tables');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || key === '?') return;
    const letter = key.length === 1 && key !== ' ';
    const next = letter ? findByTitle(rows, at, type(key)) : moveTo(rows, at, key);
    if (key === 'Enter' || key === ' ') act(rows[at]);
    else if (!fold(rows[at], key)) {
      if (next === undefined) return;
      goTo(next);
    }
    event.preventDefault();
  };
  return { at, moved, setFocus, onKeyDown };
}

/** The tree of everything in the workspace; arrows move, Enter opens, letters find. */
export function ExplorerTree() {
  const groups = useExplorer();
  const folded = useLayout((layout) => layout.folded);
  const rows = useMemo(() => treeRows(groups, folded), [groups, folded]);
  const tree = useRef<HTMLDivElement>(null);
  const { at, moved, setFocus, onKeyDown } = useTreeKeys(rows);
  const current = rows[at]?.id;

  useEffect(() => {
    if (current && moved.current) tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    moved.current = false;
  }, [current, moved]);

  return (
    <div
      ref={tree}
      role="tree"
      aria-label="Workspace"
      className={styles['tree']}
      onKeyDown={onKeyDown}
      tabIndex={-1}
    >
      {rows.map((row, index) => (
        <TreeLine
          key={row.id}
          row={row}
          focusable={index === at}
          onFocus={() => setFocus(row.id)}
          onAct={() => act(row)}
        />
      ))}
    </div>
  );
}
