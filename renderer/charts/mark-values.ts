import type { MarkValues } from '../../shared/chart-spec.ts';
import type { ChartData } from '../../shared/contract/charts.ts';
import { decodePage } from '../../shared/decode-page.ts';

/** The marks as values by channel; a bin has its end too, times are milliseconds. */
export function markValues({ bytes, channels }: ChartData): readonly MarkValues[] {
  const page = decodePage(bytes);
  const columns = channels.map((shown) => ({
    shown,
    at: page.columns.findIndex(({ name }) => name === shown.channel),
  }));
  return Array.from({ length: page.rows }, (_none, row) => {
    const values: Record<string, string | number | null> = {};
    for (const { shown, at } of columns) {
      const cell = page.cell(row, at);
      if (cell === null) values[shown.channel] = shown.type === 'nominal' ? 'null' : null;
      else if (shown.type === 'temporal') values[shown.channel] = Number(BigInt(cell) / 1000n);
      else values[shown.channel] = shown.type === 'quantitative' ? Number(cell) : String(cell);
      if (shown.step !== undefined && cell !== null) values[`${shown.channel}2`] = Number(cell) + shown.step;
    }
    return values;
  });
}
