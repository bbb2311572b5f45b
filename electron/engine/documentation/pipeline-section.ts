import type { PipelineStep, StepSchema } from '../../../shared/contract/pipelines.ts';
import { type Html, html } from '../../../shared/html.ts';
import { steps } from '../../../shared/registry.ts';
import { summaryOf, titleOf } from '../../../shared/step-words.ts';
import type { DocumentedPipeline } from './facts.ts';
import { pipelinePicture } from './pipeline-picture.ts';
import { anchor, moment } from './words.ts';

/** What is known of a pipeline: its picture, and each step with what it does and gives. */
export function pipelineSection({ name, pipeline, problem, schemas, lastRun }: DocumentedPipeline): Html {
  return html`<section id="${anchor('pipeline', name)}" data-name="${name}">
<h2>${name}</h2>
${pipeline?.description === undefined ? undefined : html`<p>${pipeline.description}</p>`}
<p class="muted">${lastRun ? `last run ${lastRun.status}, ${moment(lastRun.at)}` : 'never run'}</p>
${problem ? html`<p class="fail">${problem.message}</p>` : undefined}
${pipeline && html`<div class="wide">${pipelinePicture(pipeline)}</div>`}
${pipeline?.parameters?.length ? html`<p>Parameters: ${pipeline.parameters.map((one) => `${one.name} (${one.type}${one.default === undefined ? '' : `, ${one.default}`})`).join('; ')}</p>` : undefined}
${pipeline && pipeline.steps.length > 0 ? html`<table><thead><tr><th>Step</th><th>Kind</th><th>Does</th><th>Gives</th></tr></thead><tbody>${pipeline.steps.map((step, at) => stepRow(step, schemas[at]))}</tbody></table>` : undefined}
</section>`;
}

function stepRow(step: PipelineStep, schema: StepSchema | undefined): Html {
  const [fault] = schema?.problems ?? [];
  const gives = fault?.message ?? schema?.columns.map(({ name }) => name).join(', ') ?? '';
  return html`<tr><td><b>${titleOf(step)}</b></td><td>${steps.get(step.kind)?.title ?? step.kind}</td>
<td>${summaryOf(step)}</td><td${fault ? html` class="fail"` : undefined}>${gives}</td></tr>`;
}
