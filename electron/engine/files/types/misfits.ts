import { named } from '../../../../shared/by-name.ts';
import type { OnMisfit } from '../../../../shared/contract/files.ts';
import { count } from '../../../../shared/number-words.ts';
import type { JudgedColumn } from './columns.ts';

/** Columns with what a person decided about their cells that do not fit: a widened one is text where it has any. */
export function decideMisfits(
  columns: readonly JudgedColumn[],
  decided: Readonly<Record<string, OnMisfit>> = {},
): JudgedColumn[] {
  return columns.map((column) => {
    const onMisfit = named(decided, column.name);
    if (onMisfit === undefined || column.type === 'text') return column;
    if (onMisfit === 'null')
      return { ...column, onMisfit, reason: column.reason.replace('will be rejected', 'become null') };
    if (onMisfit !== 'widen' || column.disagreeing === 0) return { ...column, onMisfit };
    const { format: _format, ...rest } = column;
    const cells = count(column.disagreeing);
    return {
      ...rest,
      onMisfit,
      type: 'text',
      widenedFrom: column.type,
      disagreeing: 0,
      bare: false,
      reason: `widened: ${cells} ${column.disagreeing === 1 ? 'cell is' : 'cells are'} not ${column.type}`,
    };
  });
}

type Decided = Pick<JudgedColumn, 'disagreeing' | 'onMisfit'>;

/** True where cells that do not fit become null. */
export const isNulling = ({ disagreeing, onMisfit }: Decided): boolean =>
  disagreeing > 0 && onMisfit === 'null';

/** True where cells that do not fit cost their row. */
export const isRejecting = (column: Decided): boolean => column.disagreeing > 0 && !isNulling(column);
