import type { ChartLook } from '../../shared/chart-spec.ts';
import type { Chart, ChartData } from '../../shared/contract/charts.ts';
import { escaped } from '../../shared/html.ts';
import { markValues, unplacedNote } from './mark-values.ts';

/** A chart as one page without scripts and without network: the drawing, its numbers, and the SQL that they come from. */
export function chartPage(chart: Chart, data: ChartData, svg: string, look: ChartLook): string {
  const { channels } = data;
  const cell = (value: string | number | null | undefined, type: string) =>
    type === 'temporal' && typeof value === 'number' && Number.isFinite(value)
      ? new Date(value).toISOString().replace(/T00:00:00.*/, '')
      : String(value ?? 'null');
  const marks = markValues(data);
  const rows = marks.map(
    (mark) =>
      `<tr>${channels.map(({ channel, type }) => `<td>${escaped(cell(mark[channel], type))}</td>`).join('')}</tr>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(chart.name)}</title>
<style>
body { font: 14px system-ui, sans-serif; margin: 32px; color: ${look.text}; background: ${look.background} }
svg { max-width: 100%; height: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums } td, th { padding: 2px 12px 2px 0; text-align: left }
pre { white-space: pre-wrap }
</style>
<h1>${escaped(chart.name)}</h1>
${svg}
${[...data.notes, ...unplacedNote(data, marks)].map((note) => `<p>Shown: ${escaped(note)}.</p>`).join('\n')}
<details><summary>Numbers</summary><table><tr>${channels.map(({ title }) => `<th>${escaped(title)}</th>`).join('')}</tr>
${rows.join('\n')}
</table></details>
<details><summary>SQL</summary><pre>${escaped(data.sql)}</pre></details>
</html>
`;
}
