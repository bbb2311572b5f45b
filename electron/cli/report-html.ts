import type { CheckResult, CheckRule, Finding, Verdict } from '../../shared/contract/checks.ts';
import { boundWords, breakWords, valueWords } from '../../shared/finding-words.ts';
import { escaped } from '../../shared/html.ts';
import { counted } from '../../shared/number-words.ts';
import { checks } from '../../shared/registry.ts';
import { htmlPage } from './html-page.ts';

/** Earlier findings of each rule, newest first, by table and id. */
export type Histories = ReadonlyMap<string, readonly Finding[]>;

/** Rules as they are written, by table and id. */
export type WrittenRules = ReadonlyMap<string, CheckRule>;

/** Where a rule, and its earlier findings, stand. */
export const historyKey = ({ table, check }: Pick<Finding, 'table' | 'check'>): string =>
  JSON.stringify([table, check]);

const text = escaped;

const signs: Readonly<Record<Verdict, string>> = {
  pass: '✓',
  warn: '!',
  fail: '✕',
  error: '⚠',
  'not evaluated': '–',
};

/** Findings as one file that needs no network: verdicts, how they went before, some bad rows, and each rule in plain words. */
export function reportHtml(
  result: CheckResult,
  { histories, rules }: { readonly histories: Histories; readonly rules: WrittenRules },
  at: Date,
): string {
  const { verdict, findings, problems, unevaluated } = result;
  const tables = [...new Set(findings.map(({ table }) => table))];
  const unread = problems.map(({ message }) => `<p class="error">${text(message)}</p>`).join('');
  const open = unevaluated.map((says) => `<p class="muted">${text(says)}</p>`).join('');
  const sections = tables.map((table) => {
    const own = findings.filter((finding) => finding.table === table);
    return `<h2>${text(table)}</h2>${own.map((one) => article(one, histories.get(historyKey(one)) ?? [], rules.get(historyKey(one)))).join('')}`;
  });
  const when = at.toISOString().slice(0, 16).replace('T', ' ');
  const head = `<h1>Quality report</h1><p>${mark(verdict)} ${counted(findings.length, 'check')} on ${counted(tables.length, 'table')}, ${when} UTC</p>`;
  return htmlPage('Quality report', `${head}\n${unread}${open}${sections.join('\n')}`);
}

const mark = (verdict: Verdict) =>
  `<span class="verdict ${verdict.replace(' ', '-')}">${signs[verdict]} ${verdict}</span>`;

function article(finding: Finding, history: readonly Finding[], rule: CheckRule | undefined): string {
  const { verdict, says, check, kind, reason, sql } = finding;
  const help = checks.get(kind)?.help;
  // What is measured and not shown now, as of a private column, is not shown of former runs.
  const shy = finding.unit !== null && finding.value === null;
  return `<article><h3>${mark(verdict)} ${text(says.replaceAll('`', ''))}</h3>
${rule?.description ? `<p>${text(rule.description)}</p>` : ''}
<p>${text(numbers(finding))} ${shy ? '' : trend(history)}</p>
${reason ? `<p>${text(reason)}</p>` : ''}
${sampleOf(finding)}
<p class="muted">${text(check)} · ${text(checks.get(kind)?.title ?? kind)}${help ? ` · ${text(help)}` : ''}</p>
${askedAbout(rule)}
${sql ? `<details><summary class="muted">SQL</summary><pre>${text(sql)}</pre></details>` : ''}</article>`;
}

/** Who is asked about a rule, and what people have to say about it. */
function askedAbout({ owner, notes }: Partial<CheckRule> = {}): string {
  const words = [...(owner ? [`Owner: ${owner}`] : []), ...(notes ? [notes] : [])];
  return words.length > 0 ? `<p class="muted">${text(words.join(' · '))}</p>` : '';
}

function numbers(finding: Finding): string {
  const { value, unit, rowsRead, bounds } = finding;
  if (value === null) return '';
  if (unit === null) return `${valueWords({ value, unit })} pass; ${breakWords(finding)}.`;
  const limits = bounds ? boundWords(bounds.fails, unit) || boundWords(bounds.warns, unit) : '';
  return `${valueWords({ value, unit })}${limits ? ` (${limits})` : ''}, over ${counted(rowsRead, 'row')}.`;
}

const size = { width: 120, height: 20 } as const;

/** The last runs as a small line, oldest first, with words for those who do not see it. */
function trend(newestFirst: readonly Finding[]): string {
  const values = newestFirst.flatMap(({ value }) => (value === null ? [] : [value])).toReversed();
  if (values.length < 2) return '';
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const points = values.map((value, at) => {
    const x = (at / (values.length - 1)) * size.width;
    const y =
      high === low ? size.height / 2 : size.height - 2 - ((value - low) / (high - low)) * (size.height - 4);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  const words = `${values.length} runs, from ${values[0]} to ${values.at(-1)}`;
  return `<svg width="${size.width}" height="${size.height}" role="img" aria-label="${text(words)}"><polyline points="${points.join(' ')}"/></svg>`;
}

function sampleOf({ sample, badRows, columns }: Finding): string {
  const [first] = sample;
  if (!first) return '';
  const names = columns.filter((name) => Object.hasOwn(first.cells, name));
  const head = ['_row', ...names].map((name) => `<th>${text(name)}</th>`).join('');
  const rows = sample.map(({ row, cells, bad = names }) => {
    const shown = names.map(
      (name) => `<td${bad.includes(name) ? ' class="broken"' : ''}>${text(cells[name] ?? 'null')}</td>`,
    );
    return `<tr><td>${row}</td>${shown.join('')}</tr>`;
  });
  const part = badRows > sample.length ? `<p class="muted">${sample.length} of ${badRows} bad rows</p>` : '';
  return `<table><tr>${head}</tr>${rows.join('')}</table>${part}`;
}
