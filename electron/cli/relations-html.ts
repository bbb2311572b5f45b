import type { Correlation, Relations } from '../../shared/contract/relations.ts';
import { escaped } from '../../shared/html.ts';
import { count } from '../../shared/number-words.ts';
import { uncomparedWords } from '../../shared/uncompared-words.ts';

const places = (value: number | null | undefined) =>
  value === null || value === undefined ? '' : value.toFixed(2);

/** What columns have to do with one another, for a report. */
export function relationsHtml(relations: Relations): string {
  const { correlations, dependencies, missing, rows, sampled } = relations;
  const of = sampled === null ? '' : `, of ${count(sampled)} rows picked evenly`;
  const decided = dependencies.map(({ by, column, rows: n, breaking }) => [
    `${by} → ${column}`,
    breaking === 0 ? 'in every row' : `not in ${count(breaking)} of ${count(n)} rows`,
  ]);
  const patterns = missing.patterns.map(({ columns, rows: n }) => [
    columns.length === 0 ? 'nothing' : columns.join(', '),
    `${count(n)} of ${count(rows)} rows`,
  ]);
  const others = missing.otherRows > 0 ? [['other patterns', `${count(missing.otherRows)} rows`]] : [];
  const told = uncomparedWords(relations).map((words) => `<p class="muted">${words}</p>`);
  return `<h2>Between columns</h2>${told.join('')}${matrixOf(correlations, of)}${listOf('Which column decides which', decided)}
${listOf('What is null together', [...patterns, ...others])}`;
}

function listOf(title: string, lines: readonly (readonly string[])[]): string {
  if (lines.length === 0) return '';
  const written = lines.map(
    ([name = '', value = '']) => `<tr><td>${escaped(name)}</td><td>${escaped(value)}</td></tr>`,
  );
  return `<h3>${title}</h3><table>${written.join('')}</table>`;
}

/** Above the diagonal along a line, below it by rank. */
function matrixOf(correlations: readonly Correlation[], of: string): string {
  if (correlations.length === 0) return '';
  const names = [...new Set(correlations.flatMap(({ a, b }) => [a, b]))].sort();
  const pairs = new Map(
    correlations.flatMap((one) => [[key(one.a, one.b), one] as const, [key(one.b, one.a), one] as const]),
  );
  const cell = (row: string, at: number, column: string, place: number) => {
    const pair = pairs.get(key(row, column));
    const value = place > at ? pair?.pearson : pair?.rank;
    return `<td style="background:${colour(value)}">${places(value)}</td>`;
  };
  const lines = names.map(
    (row, at) =>
      `<tr><th>${escaped(row)}</th>${names.map((column, place) => cell(row, at, column, place)).join('')}</tr>`,
  );
  const head = names.map((name) => `<th>${escaped(name)}</th>`).join('');
  return `<h3>Correlation</h3><p class="muted">Above the diagonal along a line (Pearson), below it by rank (Spearman)${of}.</p>
<div style="overflow-x:auto"><table><tr><th></th>${head}</tr>${lines.join('')}</table></div>`;
}

const key = (a: string, b: string) => JSON.stringify([a, b]);

const colour = (value: number | null | undefined) =>
  `rgb(${(value ?? 0) < 0 ? '214 138 30' : '59 111 212'} / ${Math.round(Math.abs(value ?? 0) * 55)}%)`;
