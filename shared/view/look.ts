import { z } from 'zod';
import type { Column } from '../column.ts';
import { type Filter, filter } from './filters.ts';
import { sortKey, type View } from './view.ts';

/** How a person looks at a table: what is kept beside it and is there again when it is opened. */
export const look = z.object({
  sort: z.array(sortKey).default([]),
  filters: z.array(filter).default([]),
  /** Columns in a person's own order; those not named follow in the table's. */
  order: z.array(z.string()).default([]),
  hidden: z.array(z.string()).default([]),
  /** Columns that stay at the left. */
  pinned: z.array(z.string()).default([]),
});

export type Look = z.output<typeof look>;

/** All rows and columns as the table has them. */
export const plainLook: Look = { sort: [], filters: [], order: [], hidden: [], pinned: [] };

/** A look without the columns that the table no longer has. */
export function fittingLook(look: Look, columns: readonly Column[]): Look {
  const there = new Set(columns.map(({ name }) => name));
  const has = (name: string) => there.has(name);
  return {
    sort: look.sort.filter(({ column }) => has(column)),
    filters: look.filters.filter(({ column }) => has(column)),
    order: look.order.filter(has),
    hidden: look.hidden.filter(has),
    pinned: look.pinned.filter(has),
  };
}

/** Filters that cannot be followed: their column is not there any more, or goes by another name. */
export const lostFilters = (look: Look, columns: readonly Column[]): readonly Filter[] =>
  look.filters.filter(({ column }) => columns.every(({ name }) => name !== column));

/** The columns seen, pinned ones first. */
export function seenColumns({ order, hidden, pinned }: Look, columns: readonly Column[]): readonly string[] {
  const names = columns.map(({ name }) => name);
  const ordered = [...new Set([...pinned, ...order, ...names])];
  return ordered.filter((name) => names.includes(name) && !hidden.includes(name));
}

/** A column put before another one, or last. */
export function withMoved(
  look: Look,
  columns: readonly Column[],
  column: string,
  before: string | null,
): Look {
  const names = [...new Set([...look.order, ...columns.map(({ name }) => name)])];
  const place = (list: readonly string[]) => {
    const others = list.filter((name) => name !== column);
    const at = before === null ? others.length : others.indexOf(before);
    return others.toSpliced(at < 0 ? others.length : at, 0, column);
  };
  const joinsPinned = before !== null && look.pinned.includes(before);
  const pinned = joinsPinned ? place(look.pinned) : look.pinned.filter((name) => name !== column);
  return { ...look, order: place(names), pinned };
}

/** The rows and columns of a look. */
export const viewOf = (look: Look, columns: readonly Column[]): View => ({
  sort: look.sort,
  filters: look.filters,
  columns: [...seenColumns(look, columns)],
});

/** A column's place in the order after it is chosen: alone, or after those that decide already. */
export function withSort(look: Look, column: string, descending: boolean, also: boolean): Look {
  const others = look.sort.filter((key) => key.column !== column);
  const at = look.sort.findIndex((key) => key.column === column);
  const key = { column, descending };
  return { ...look, sort: also ? others.toSpliced(at < 0 ? others.length : at, 0, key) : [key] };
}
