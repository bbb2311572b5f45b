import { counted } from '../../../../shared/number-words.ts';
import { useTab } from '../../../workspace/tab-state.ts';
import { tallyOf } from '../verdicts/board.ts';
import { useBoard } from '../verdicts/use-board.ts';

/** A table's checks in the status bar: `orders: 7 rules · 1 fails`. */
export function ChecksStatus() {
  const { key: table } = useTab();
  const { board } = useBoard();
  const state = board?.find((one) => one.table === table);
  if (!state) return null;
  return `${table}: ${counted(state.rules.length, 'rule')}${state.rules.length > 0 ? ` · ${tallyOf(state.rules)}` : ''}`;
}
