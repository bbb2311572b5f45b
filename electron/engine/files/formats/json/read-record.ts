import { stringify } from 'lossless-json';
import { typeFamily } from '../../../../../shared/column.ts';
import type { ReadRecord } from '../../table/define-format.ts';
import { leavesOf } from './flatten.ts';
import { parsedValue } from './read-values.ts';

/** The cells of one JSON value by itself, in the order of columns that are there already. */
export const readJsonRecord: ReadRecord = (text, columns, settings) => {
  const { value, cause, blank } = parsedValue(Buffer.from(text), 'lines', '');
  if (blank) return { cause: 'It is empty.' };
  if (cause !== undefined) return { cause };
  const cells: (string | null)[] = columns.map(() => null);
  for (const leaf of leavesOf(value, settings['nested'] !== 'keep')) {
    const name = leaf.path.join('.');
    const at = columns.findIndex(({ originalName }) => originalName === name);
    const column = columns[at];
    if (leaf.value === null) continue;
    if (!column) return { cause: `It has “${name}”, for which the table has no column.` };
    const asJson = leaf.kind === 'json' || typeFamily(column.type) === 'json';
    cells[at] = asJson ? (stringify(leaf.value) ?? '') : String(leaf.value);
  }
  return { cells };
};
