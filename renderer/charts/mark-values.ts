import { isPlaced, type MarkValues } from '../../shared/chart-spec.ts';
import type { ChartData } from '../../shared/contract/charts.ts';
import { type DecodedPage, decodePage } from '../../shared/decode-page.ts';
import { counted } from '../../shared/number-words.ts';

/** The marks as values by channel; a bin has its end too, times are milliseconds or infinite. */
export function markValues({ bytes, channels }: ChartData): readonly MarkValues[] {
  const page = decodePage(bytes);
  const columns = channels.map((shown) => ({
    shown,
    at: page.columns.findIndex(({ name }) => name === shown.channel),
  }));
  const nulls = columns.map(({ at }) => nullName(page, at));
  return Array.from({ length: page.rows }, (_none, row) => {
    const values: Record<string, string | number | null> = {};
    for (const [place, { shown, at }] of columns.entries()) {
      const cell = page.cell(row, at);
      if (cell === null) values[shown.channel] = shown.type === 'nominal' ? (nulls[place] ?? 'null') : null;
      else if (shown.type === 'temporal') values[shown.channel] = timeOf(BigInt(cell));
      else values[shown.channel] = shown.type === 'quantitative' ? Number(cell) : String(cell);
      const start = values[shown.channel];
      if (shown.step !== undefined && typeof start === 'number')
        values[`${shown.channel}2`] = start + shown.step;
    }
    return values;
  });
}

/** What null is called in a column: a word that none of its values is. */
function nullName(page: DecodedPage, at: number): string {
  const values = new Set(Array.from({ length: page.rows }, (_none, row) => page.cell(row, at)));
  let name = 'null';
  for (let number = 1; values.has(name); number++) name = number === 1 ? '(null)' : `(null ${number})`;
  return name;
}

/** The last millisecond of JavaScript's calendar. */
const lastTime = 8.64e15;

function timeOf(micros: bigint): number {
  const time = Number(micros / 1000n);
  return Math.abs(time) <= lastTime ? time : Math.sign(time) * Infinity;
}

/** Says how many marks have no place on an axis, and how many rows they stand for where rows are counted. */
export function unplacedNote({ channels }: ChartData, marks: readonly MarkValues[]): readonly string[] {
  const unplaced = marks.filter((mark) => !isPlaced(mark, channels));
  if (unplaced.length === 0) return [];
  const counts = channels.find((one) => one.counts)?.channel;
  const rows = counts ? unplaced.reduce((sum, mark) => sum + Number(mark[counts]), 0) : undefined;
  const stands = rows === undefined ? '' : ` (${counted(rows, 'row')})`;
  return [`without ${counted(unplaced.length, 'mark')}${stands} at null, NaN or infinity`];
}
