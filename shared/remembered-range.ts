import { isNumeric } from './column.ts';
import type { RememberedLoad } from './define-check.ts';

/** Whether all values of a column of a former load lay between two bounds as a rule writes them; undefined where that is not known. */
export function keptRange(
  load: RememberedLoad,
  column: string,
  { min, max }: { readonly min: string; readonly max: string },
): boolean | undefined {
  const type = load.columns.find(({ name }) => name === column)?.type;
  const [least, most] = [load.figure(column, 'least'), load.figure(column, 'most')];
  if (type === undefined || least === undefined || most === undefined) return undefined;
  const number = isNumeric(type) ? Number : (written: string) => secondsOf(written, load.at);
  const [low, high] = [min, max].map((written) => (written.trim() === '' ? undefined : number(written)));
  if (low !== undefined && least < low) return false;
  if (high !== undefined && most > high) return false;
  return Number.isNaN(low) || Number.isNaN(high) ? undefined : true;
}

/** A day or a moment in seconds; `now` and `today` are those of the load, what is reckoned from them is not known. */
function secondsOf(written: string, at: string): number {
  const text = written.trim().toLowerCase();
  if (text === 'now') return Date.parse(at) / 1000;
  if (text === 'today') return Date.parse(at.slice(0, 10)) / 1000;
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return Number.NaN;
  const moment = text.length > 10 && !/[z+]/.test(text) ? `${text.replace(' ', 'T')}Z` : text;
  return Date.parse(moment.toUpperCase()) / 1000;
}
