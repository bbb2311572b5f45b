import { type FocusEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { count, counted } from '../../shared/number-words.ts';
import { bridge } from '../bridge.ts';
import { prompt } from '../ui/ask.tsx';
import { toast, toastProblem } from '../ui/toast.tsx';
import { type ColumnPlaces, narrowest } from './column-widths.ts';
import { type CopyFormat, copyFormats } from './copy-formats.ts';
import { mostCopied, partOfRows } from './copy-range.ts';
import { type GridHandle, holdKeyboard } from './current-grid.ts';
import type { Rows } from './rows.ts';
import { rangeOf, type Selection, selectCell } from './selection.ts';

/** What a grid's commands work on. */
interface Given {
  readonly rows: Rows;
  readonly selection: Selection | null;
  readonly choose: (selection: Selection) => void;
  readonly places: ColumnPlaces;
  readonly resize: (column: string, width: number) => void;
  readonly scroller: RefObject<HTMLElement | null>;
}

/** Lets the commands for grids reach this one while it has the keyboard. */
export function useGridHandle(given: Given) {
  const release = useRef<(() => void) | undefined>(undefined);
  const latest = useRef(given);
  latest.current = given;
  const followed = useRef<string | undefined>(undefined);
  const [handle] = useState(() => handleOf(() => latest.current, followed));
  const { columns } = given.rows;
  useEffect(() => {
    const { selection, choose } = latest.current;
    const column = columns.findIndex(({ name }) => name === followed.current);
    if (column < 0 || !selection || column === selection.focus.column) return;
    followed.current = undefined;
    choose(selectCell({ row: selection.focus.row, column }));
  }, [columns]);
  useEffect(() => () => release.current?.(), []);
  return {
    onFocus: () => {
      release.current = holdKeyboard(handle);
    },
    // A palette or menu over the grid acts on it, and gives the keyboard back.
    onBlur: ({ relatedTarget }: FocusEvent) => {
      if (!relatedTarget?.closest('[role=dialog], [role=menu]')) release.current?.();
    },
  };
}

function handleOf(now: () => Given, followed: { current: string | undefined }): GridHandle {
  return {
    follow(name) {
      followed.current = name;
    },
    copy: (format) => copy(now().rows, now().selection, format),
    goToRow: () => goToRow(now().rows, now().selection, now().choose),
    goToColumn(name) {
      const { rows, selection, choose } = now();
      const column = rows.columns.findIndex((other) => other.name === name);
      if (column >= 0 && rows.total > 0) choose(selectCell({ row: selection?.focus.row ?? 0, column }));
    },
    get columns() {
      return now().rows.columns;
    },
    get focus() {
      const { rows, selection } = now();
      const column = selection ? rows.columns[selection.focus.column] : undefined;
      if (!column || !selection) return undefined;
      return { column, value: rows.cell(selection.focus.row, selection.focus.column) };
    },
    widen(by) {
      const { rows, selection, places, resize } = now();
      const column = selection && rows.columns[selection.focus.column];
      if (column) resize(column.name, Math.max(narrowest, places.widthOf(selection.focus.column) + by));
    },
    openMenu() {
      const { selection, scroller } = now();
      const head = scroller.current?.querySelector(`[data-column="${selection?.focus.column}"] button`);
      if (head instanceof HTMLElement) head.click();
    },
  };
}

async function copy(rows: Rows, selection: Selection | null, format: CopyFormat): Promise<void> {
  if (!selection) return;
  const range = rangeOf(selection);
  const cells = (range.bottom - range.top + 1) * (range.right - range.left + 1);
  if (cells > mostCopied) {
    toast({
      tone: 'warn',
      title: `${count(cells)} cells are too many to copy`,
      detail: `Up to ${count(mostCopied)} can be copied. Export what is seen instead.`,
    });
    return;
  }
  try {
    await bridge.copy(copyFormats[format].write(await partOfRows(rows, range)));
    const as = format === 'plain' || format === 'tsv' ? '' : ` as ${copyFormats[format].title}`;
    if (cells > 1 || as) toast({ title: `Copied ${counted(cells, 'cell')}${as}` });
  } catch (thrown) {
    toastProblem(thrown, 'Nothing was copied');
  }
}

async function goToRow(rows: Rows, selection: Selection | null, choose: (selection: Selection) => void) {
  const answer = await prompt({
    title: 'Go to row',
    label: 'Row',
    says: `By its place from 1 to ${count(rows.total)}.`,
    action: 'Go',
    validate: (text) =>
      placeOf(text, rows.total) === undefined ? `Give a number from 1 to ${count(rows.total)}.` : undefined,
  });
  const row = answer === null ? undefined : placeOf(answer, rows.total);
  if (row !== undefined) choose(selectCell({ row, column: selection?.focus.column ?? 0 }));
}

function placeOf(text: string, total: number): number | undefined {
  const number = Number(text.replaceAll(/[,_\s]/g, ''));
  return Number.isInteger(number) && number >= 1 && number <= total ? number - 1 : undefined;
}
