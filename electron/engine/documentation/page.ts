import { createHash } from 'node:crypto';
import { Html, html } from '../../../shared/html.ts';
import { counted } from '../../../shared/number-words.ts';
import type { CollectionRecord } from '../search/collections/collections.ts';
import type { Facts } from './facts.ts';
import { pipelineSection } from './pipeline-section.ts';
import { script, style } from './style.ts';
import { tableSection } from './table-section.ts';
import { anchor, linkTo, moment } from './words.ts';

const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The workspace as one page that needs no network and runs no script but its own search box. */
export function documentationPage(facts: Facts): string {
  const { name, at, tables, pipelines, collections } = facts;
  const policy = `default-src 'none'; style-src ${digest(style)}; script-src ${digest(script)}`;
  return `<!doctype html>
${html`<html lang="en"><head><meta charset="utf-8"><title>${name}</title><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}"><style>${new Html(style)}</style></head>
<body><nav aria-label="Contents"><h1>${name}</h1><p class="muted">as of ${moment(at.toISOString())}</p>
<input type="search" placeholder="Find a table, column or step" aria-label="Find">
${contents(
  'Tables',
  'table',
  tables.map(({ table }) => table.name),
)}
${contents(
  'Pipelines',
  'pipeline',
  pipelines.map((one) => one.name),
)}
${contents(
  'Collections',
  'collection',
  collections.map((one) => one.name),
)}
${facts.receipts.length > 0 ? html`<p><a href="#promotions">Promotions</a></p>` : undefined}</nav>
<main>${tables.length + pipelines.length === 0 ? html`<p>This workspace is empty: import a file, then write its documentation again.</p>` : undefined}
${tables.map(tableSection)}${pipelines.map(pipelineSection)}${collections.map(collectionSection)}${promotions(facts)}
<p id="nothing" hidden>Nothing here has that in it.</p></main>
<script>${new Html(script)}</script></body></html>`}
`;
}

const contents = (title: string, kind: string, names: readonly string[]): Html | undefined =>
  names.length === 0
    ? undefined
    : html`<h2>${title}</h2><ul>${names.map((name) => html`<li>${linkTo(kind, name)}</li>`)}</ul>`;

const collectionSection = ({
  name,
  table,
  textColumns,
  model,
  dimensions,
  updatedAt,
}: CollectionRecord): Html =>
  html`<section id="${anchor('collection', name)}" data-name="${name}"><h2>${name}</h2>
<p>Search by meaning in ${linkTo('table', table)}: ${textColumns.join(', ')}.</p>
<p class="muted">${model}, ${counted(dimensions, 'dimension')} · embedded ${moment(updatedAt)}</p></section>`;

function promotions({ receipts }: Facts): Html | undefined {
  if (receipts.length === 0) return undefined;
  const rows = receipts.map(
    ({ startedAt, target, server, status, tables, by }) =>
      html`<tr><td>${moment(startedAt)}</td><td>${target}</td><td>${server}</td><td>${status}</td><td>${tables.map(({ table }) => table).join(', ')}</td><td>${by.person}</td></tr>`,
  );
  return html`<section id="promotions" data-name="promotions"><h2>Promotions</h2>
<table><thead><tr><th>When</th><th>Target</th><th>Server</th><th>Status</th><th>Tables</th><th>By</th></tr></thead><tbody>${rows}</tbody></table></section>`;
}
