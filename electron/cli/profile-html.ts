import type { Relations } from '../../shared/contract/relations.ts';
import type { ColumnProfile, Profile } from '../../shared/contract/tables.ts';
import { escaped } from '../../shared/html.ts';
import { count, figures } from '../../shared/number-words.ts';
import { htmlPage } from './html-page.ts';
import { relationsHtml } from './relations-html.ts';
import { withoutValues } from './shown-profile.ts';

const share = (part: number, whole: number) => (whole > 0 ? `${((part * 100) / whole).toFixed(2)} %` : '');

/** A profile as one file that needs no network; as large as the table has columns, however many rows there are. */
export function profileHtml(
  { table, rows, columns: all }: Profile,
  relations: Relations,
  at: Date,
  hidden: readonly string[] = [],
): string {
  const columns = all.map((column) => (hidden.includes(column.name) ? namedPrivate(column) : column));
  const when = at.toISOString().slice(0, 16).replace('T', ' ');
  const head = `<h1>${escaped(table)}</h1><p>${count(rows)} rows, ${count(columns.length)} columns, ${when} UTC</p>`;
  const articles = columns.map((column) => article(column, rows)).join('\n');
  return htmlPage(`Profile of ${table}`, head + articles + relationsHtml(relations));
}

const namedPrivate = (column: ColumnProfile): ColumnProfile => ({
  ...withoutValues(column),
  name: `${column.name} (private)`,
});

function article(column: ColumnProfile, rows: number): string {
  const facts = factsOf(column, rows).flatMap(([name, value]) =>
    value === null ? [] : [`<tr><th>${name}</th><td>${escaped(value)}</td></tr>`],
  );
  return `<article><h3>${escaped(column.name)} <span class="muted">${escaped(column.type)}</span></h3>
${bars(column)}<table>${facts.join('')}</table>${listOf('Most frequent', topOf(column))}${listOf('Shapes of text', shapesOf(column))}</article>`;
}

type Fact = readonly [string, string | null];
const maybe = (value: number | null) => (value === null ? null : figures(value));

function factsOf(column: ColumnProfile, rows: number): readonly Fact[] {
  const { nulls, empty, distinct, isKey, quantiles, lengths, gaps, zeroes, negatives } = column;
  return [
    ['null', `${count(nulls)} ${nulls > 0 ? share(nulls, rows) : ''}`],
    ['empty text', empty > 0 ? count(empty) : null],
    ['distinct', `${count(distinct)}${isKey ? ', could be a key' : ''}`],
    ['min', column.min],
    ['max', column.max],
    ['mean', maybe(column.mean)],
    ['standard deviation', maybe(column.sd)],
    ['5, 25, 50, 75, 95 %', quantiles?.map((one) => figures(one)).join(', ') ?? null],
    ['sum', column.sum],
    ['zeroes', zeroes ? count(zeroes) : null],
    ['negative', negatives ? count(negatives) : null],
    ['length', lengths && `${lengths.min} – ${lengths.max}, mean ${figures(lengths.mean)}`],
    ['days without rows', gaps && count(gaps.missingDays)],
  ];
}

const topOf = ({ top }: ColumnProfile): readonly Fact[] =>
  top.flatMap(({ value, count: n }): Fact[] => (n > 1 ? [[value === '' ? '""' : value, count(n)]] : []));

const shapesOf = ({ patterns }: ColumnProfile): readonly Fact[] =>
  (patterns?.top ?? []).map(({ pattern, count: n }): Fact => [pattern === '' ? '""' : pattern, count(n)]);

function listOf(title: string, facts: readonly Fact[]): string {
  if (facts.length === 0) return '';
  const lines = facts.map(([name, value]) => `<tr><td>${escaped(name)}</td><td>${value}</td></tr>`);
  return `<details><summary class="muted">${title}</summary><table>${lines.join('')}</table></details>`;
}

const size = { width: 240, height: 40 } as const;

function bars({ name, histogram }: ColumnProfile): string {
  if (histogram.length < 2) return '';
  const most = Math.max(1, ...histogram);
  const width = size.width / histogram.length;
  const drawn = histogram.map((value, at) => {
    const height = (value / most) * size.height;
    return `<rect x="${(at * width).toFixed(1)}" y="${(size.height - height).toFixed(1)}" width="${(width - 1).toFixed(1)}" height="${height.toFixed(1)}"/>`;
  });
  return `<svg width="${size.width}" height="${size.height}" role="img" aria-label="${escaped(`How ${name} is spread`)}">${drawn.join('')}</svg>`;
}
