import { useRef } from 'react';
import { bridge } from '../bridge.ts';
import { prompt } from '../ui/ask.tsx';
import { count, counted } from '../ui/format.ts';
import { toast, toastProblem } from '../ui/toast.tsx';
import { copyText, mostCopied } from './copy-range.ts';
import { type GridHandle, holdKeyboard } from './current-grid.ts';
import type { Rows } from './rows.ts';
import { rangeOf, type Selection, selectCell } from './selection.ts';

/** Lets the commands for grids reach this one while it has the keyboard. */
export function useGridHandle(
  rows: Rows,
  selection: Selection | null,
  choose: (selection: Selection) => void,
) {
  const release = useRef<(() => void) | undefined>(undefined);
  const latest = useRef({ rows, selection, choose });
  latest.current = { rows, selection, choose };
  const handle = useRef<GridHandle>({
    copy: (withHeaders) => copy(latest.current.rows, latest.current.selection, withHeaders),
    goToRow: () => goToRow(latest.current.rows, latest.current.selection, latest.current.choose),
  });
  return {
    onFocus: () => {
      release.current = holdKeyboard(handle.current);
    },
    onBlur: () => release.current?.(),
  };
}

async function copy(rows: Rows, selection: Selection | null, withHeaders: boolean): Promise<void> {
  if (!selection) return;
  const range = rangeOf(selection);
  const cells = (range.bottom - range.top + 1) * (range.right - range.left + 1);
  if (cells > mostCopied) {
    toast({
      tone: 'warn',
      title: `${count(cells)} cells are too many to copy`,
      detail: `Up to ${count(mostCopied)} can be copied. Export the table as CSV instead.`,
    });
    return;
  }
  try {
    await bridge.copy(await copyText(rows, range, withHeaders));
    if (cells > 1) toast({ title: `Copied ${counted(cells, 'cell')}` });
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
