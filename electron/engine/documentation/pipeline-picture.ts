import type { Pipeline } from '../../../shared/contract/pipelines.ts';
import { type Html, html } from '../../../shared/html.ts';
import { parseRef } from '../../../shared/pipeline-graph.ts';
import { boxHeight, boxWidth, type Position, placesOf } from '../../../shared/place-steps.ts';
import { summaryOf, titleOf } from '../../../shared/step-words.ts';

const margin = 12;
/** Letters that fit into a box. */
const [titleLetters, summaryLetters] = [24, 30];

/** A pipeline as its canvas shows it, drawn to scale; `label` says it to those who do not see it. */
export function pipelinePicture(pipeline: Pipeline): Html | undefined {
  if (pipeline.steps.length === 0) return undefined;
  const places = placesOf(pipeline);
  const at = (id: string): Position => places[id] ?? [0, 0];
  const xs = pipeline.steps.map(({ id }) => at(id)[0]);
  const ys = pipeline.steps.map(({ id }) => at(id)[1]);
  const [left, top] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  const width = Math.max(...xs) + boxWidth + margin - left;
  const height = Math.max(...ys) + boxHeight + margin - top;
  const label = `${pipeline.name}: ${pipeline.steps.map(titleOf).join(', ')}`;
  return html`<svg class="picture" viewBox="${left} ${top} ${width} ${height}" width="${width}" role="img" aria-label="${label}">
${pipeline.steps.flatMap(({ id, inputs }) => inputs.map((input) => edge(at, input, id)))}
${pipeline.steps.map((step) => box(at(step.id), titleOf(step), summaryOf(step)))}</svg>`;
}

function edge(at: (id: string) => Position, input: string, to: string): Html {
  const { step, output } = parseRef(input);
  const [x1, y1] = [at(step)[0] + boxWidth, at(step)[1] + boxHeight / 2];
  const [x2, y2] = [at(to)[0], at(to)[1] + boxHeight / 2];
  const bend = Math.max(30, (x2 - x1) / 2);
  const path = `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`;
  return output === 'rows'
    ? html`<path d="${path}"/>`
    : html`<path class="left" d="${path}"><title>${output}</title></path>`;
}

const box = ([x, y]: Position, title: string, summary: string): Html =>
  html`<g><title>${title}${summary ? `: ${summary}` : ''}</title><rect x="${x}" y="${y}" width="${boxWidth}" height="${boxHeight}" rx="6"/>
<text x="${x + 12}" y="${y + 23}" class="name">${cut(title, titleLetters)}</text><text x="${x + 12}" y="${y + 41}">${cut(summary, summaryLetters)}</text></g>`;

const cut = (text: string, letters: number) => {
  const all = [...text];
  return all.length > letters ? `${all.slice(0, letters - 1).join('')}…` : text;
};
