import type { ExplorerGroup, ExplorerItem } from './group.ts';

/** A line of the tree. */
export type TreeRow =
  | { readonly is: 'group'; readonly id: string; readonly group: ExplorerGroup; readonly open: boolean }
  | {
      readonly is: 'item';
      readonly id: string;
      readonly item: ExplorerItem;
      readonly group: ExplorerGroup;
      readonly at: number;
    }
  | { readonly is: 'none'; readonly id: string; readonly group: ExplorerGroup };

/** The tree's lines from top to bottom. */
export function treeRows(groups: readonly ExplorerGroup[], folded: readonly string[]): readonly TreeRow[] {
  return groups.flatMap((group): TreeRow[] => {
    const open = !folded.includes(group.id);
    const head: TreeRow = { is: 'group', id: group.id, group, open };
    if (!open) return [head];
    if (!group.items?.length) return [head, { is: 'none', id: `${group.id} none`, group }];
    return [
      head,
      ...group.items.map(
        (item, at): TreeRow => ({ is: 'item', id: `${group.id} ${item.key}`, item, group, at }),
      ),
    ];
  });
}

/** Where a key press leads from the line at `at`; nothing where it is not a movement. */
export function moveTo(rows: readonly TreeRow[], at: number, key: string): number | undefined {
  const row = rows[at];
  const last = rows.length - 1;
  if (key === 'ArrowDown') return Math.min(at + 1, last);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key === 'ArrowRight' && row?.is === 'group' && row.open) return Math.min(at + 1, last);
  if (key === 'ArrowLeft' && row && row.is !== 'group')
    return rows.findIndex(({ id }) => id === row.group.id);
  return undefined;
}

const titleOf = (row: TreeRow) =>
  row.is === 'item' ? row.item.title : row.is === 'group' ? row.group.title : '';

/** The next line after `at` whose title starts so. */
export function findByTitle(rows: readonly TreeRow[], at: number, start: string): number | undefined {
  const wanted = start.toLowerCase();
  const order = rows.map((_row, step) => (at + (start.length > 1 ? 0 : 1) + step) % rows.length);
  return order.find((place) => {
    const row = rows[place];
    return row !== undefined && titleOf(row).toLowerCase().startsWith(wanted);
  });
}
