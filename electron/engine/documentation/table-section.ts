import type { Finding } from '../../../shared/contract/checks.ts';
import type { ColumnLineage, LineageEnd } from '../../../shared/contract/pipelines.ts';
import { breakWords, valueWords } from '../../../shared/finding-words.ts';
import { type Html, html } from '../../../shared/html.ts';
import { counted } from '../../../shared/number-words.ts';
import type { DocumentedTable, Sample } from './facts.ts';
import { anchor, linkTo, listed, moment } from './words.ts';

/** What is known of a table: where it comes from, its columns, its checks, some rows. */
export function tableSection(documented: DocumentedTable): Html {
  const { table, contract, findings, sample } = documented;
  return html`<section id="${anchor('table', table.name)}" data-name="${table.name}">
<h2>${table.name}</h2>
${contract?.description === undefined ? undefined : html`<p>${contract.description}</p>`}
<p class="muted">${counted(table.rows, 'row')}, ${counted(table.columns.length, 'column')} · ${originOf(documented)} · changed ${moment(table.updatedAt)}${table.rejected > 0 ? ` · ${counted(table.rejected, 'reject')}` : ''}</p>
<table><thead><tr><th>Column</th><th>Type</th><th class="number">Filled</th><th>Comes from</th><th>Goes into</th></tr></thead>
<tbody>${table.columns.map(({ name, type }, at) => columnRow(documented, name, type, at))}</tbody></table>
${findings.length > 0 ? html`<h3>Checks</h3><ul class="checks">${findings.map(checkLine)}</ul>` : undefined}
${sample && sampleRows(sample)}
</section>`;
}

function originOf({ table: { origin, source } }: DocumentedTable): Html {
  if (origin === 'pipeline' && source !== null) return html`written by ${linkTo('pipeline', source)}`;
  return origin === 'import' ? html`imported from ${source ?? 'a file'}` : html`made by a query`;
}

function columnRow(
  { table, contract, filled, lineage }: DocumentedTable,
  name: string,
  type: string,
  at: number,
): Html {
  const described = contract?.columns.find((column) => column.name === name);
  const share = table.rows === 0 ? undefined : ((filled.get(name) ?? 0) / table.rows) * 100;
  const { sources = [], uses = [] }: Partial<ColumnLineage> = lineage[at] ?? {};
  return html`<tr><td><b>${name}</b>${described?.private ? html` <span class="tag">private</span>` : undefined}
${described?.description === undefined ? undefined : html`<div>${described.description}</div>`}</td>
<td><code>${type}</code></td><td class="number">${share === undefined ? '–' : `${share.toFixed(share === 100 ? 0 : 2)} %`}</td>
<td>${ends(sources)}</td><td>${ends(uses)}</td></tr>`;
}

/** What a value stands in, without what only decides; steps are told by the pipeline's own section. */
function ends(all: readonly LineageEnd[]): Html[] {
  const shown = all.filter(({ kind, edge }) => words[kind] !== undefined && edge === 'value');
  const told = new Map(shown.map((end) => [endWords(end).toString(), endWords(end)]));
  const checks = all.filter(({ kind }) => kind === 'check').length;
  return listed([...told.values(), ...(checks > 0 ? [html`${counted(checks, 'check')}`] : [])]);
}

const words: Readonly<Partial<Record<LineageEnd['kind'], (end: LineageEnd) => Html>>> = {
  table: ({ name, column }) => html`<a href="#${anchor('table', name)}">${name}.${column}</a>`,
  collection: ({ name }) => linkTo('collection', name, `search in ${name}`),
  file: ({ name }) => html`file ${name}`,
  view: ({ name, column }) => html`view ${name}.${column}`,
  query: ({ name }) => html`query ${name}`,
  promotion: ({ name }) => html`promoted to ${name}`,
};

const endWords = (end: LineageEnd): Html => words[end.kind]?.(end) ?? html``;

const checkLine = ({ verdict, says, value, unit, reason, ...rows }: Finding): Html =>
  html`<li><span class="verdict ${verdict.replace(' ', '-')}">${verdict}</span><span>${says.replaceAll('`', '')} <span class="muted">${reason ?? (unit === null ? breakWords(rows) : valueWords({ value, unit }))}</span></span></li>`;

function sampleRows({ columns, rows, hidden }: Sample): Html {
  return html`<details><summary>First rows</summary><div class="wide"><table><thead><tr>${columns.map((name) => html`<th>${name}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => (cell === null ? html`<td class="muted">null</td>` : html`<td>${cell}</td>`))}</tr>`)}</tbody></table></div>
${hidden.length > 0 ? html`<p class="muted">Private, not shown: ${hidden.join(', ')}.</p>` : undefined}</details>`;
}
