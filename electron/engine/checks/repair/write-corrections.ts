import type { Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import type { Corrected, Correction } from '../../../../shared/contract/repairs.ts';
import { problem } from '../../../../shared/problem.ts';
import type { PipelineFile, PipelineFiles } from '../../pipelines/file/pipeline-files.ts';

const kind = 'correct';

/** Adds accepted fixes to a pipeline: right behind where it reads the table, or as a new one that writes a corrected copy under a name that is not `there` yet. */
export async function writeCorrections(
  files: PipelineFiles,
  table: string,
  corrections: readonly Correction[],
  { into, there: tables }: { readonly into?: string | undefined; readonly there: readonly string[] },
): Promise<Corrected> {
  const name = into ?? correctedName(table);
  const known = await files.list();
  const there = known.some((file) => file.name === name);
  const before = there
    ? (await files.find(name)).pipeline
    : newPipeline(table, name, new Set([...tables, ...writtenBy(known)]));
  const { pipeline, step, added } = withCorrections(before, table, corrections);
  if (added > 0) await files.save(pipeline);
  return { pipeline: name, step, added };
}

/** The pipeline that fixes of a table go to where none is named. */
export const correctedName = (table: string): string => `${table} corrected`;

/** Tables that pipelines write already. */
const writtenBy = (known: readonly PipelineFile[]): ReadonlySet<unknown> =>
  new Set(
    known.flatMap(({ pipeline }) =>
      (pipeline?.steps ?? []).filter(({ kind: of }) => of === 'output').map(({ params }) => params['table']),
    ),
  );

function newPipeline(table: string, name: string, taken: ReadonlySet<unknown>): Pipeline {
  const free = (n: number): string => {
    const wanted = `${table.slice(0, 50)}_corrected${n > 1 ? `_${n}` : ''}`;
    return taken.has(wanted) ? free(n + 1) : wanted;
  };
  return {
    version: 1,
    name,
    steps: [
      { id: 'source', kind: 'source', inputs: [], params: { table } },
      {
        id: 'output',
        kind: 'output',
        inputs: ['source'],
        params: { table: free(1), mode: 'replace', key: [] },
      },
    ],
    layout: {},
  };
}

function withCorrections(pipeline: Pipeline, table: string, corrections: readonly Correction[]) {
  const source = pipeline.steps.find((step) => step.kind === 'source' && step.params['table'] === table);
  if (!source) {
    throw problem('bad_input', `The pipeline "${pipeline.name}" does not read "${table}".`, {
      hint: 'Choose one that does, or let a new one be made.',
    });
  }
  const present = pipeline.steps.find((step) => step.kind === kind && step.inputs[0] === source.id);
  if (!present) return inserted(pipeline, source, corrections);
  const own = (present.params['corrections'] ?? []) as readonly Correction[];
  const known = new Set(own.map(keyOf));
  const fresh = distinct(corrections).filter((one) => !known.has(keyOf(one)));
  const step = { ...present, params: { ...present.params, corrections: [...own, ...fresh] } };
  const steps = pipeline.steps.map((one) => (one === present ? step : one));
  return { pipeline: { ...pipeline, steps }, step: present.id, added: fresh.length };
}

/** A new step between the source and all that read it. */
function inserted(pipeline: Pipeline, source: PipelineStep, corrections: readonly Correction[]) {
  const id = freeId(pipeline, 'corrected');
  const own = distinct(corrections);
  const step: PipelineStep = { id, kind, inputs: [source.id], params: { corrections: own } };
  const rewired = pipeline.steps.map((one) => ({
    ...one,
    inputs: one.inputs.map((input) => (input === source.id ? id : input)),
  }));
  const at = rewired.findIndex((one) => one.id === source.id) + 1;
  const steps = [...rewired.slice(0, at), step, ...rewired.slice(at)];
  return { pipeline: { ...pipeline, steps, layout: {} }, step: id, added: own.length };
}

function freeId({ steps }: Pipeline, wanted: string): string {
  const taken = new Set(steps.map(({ id }) => id));
  for (let n = 1; ; n++) {
    const id = n === 1 ? wanted : `${wanted}_${n}`;
    if (!taken.has(id)) return id;
  }
}

const keyOf = ({ column, was, when, to }: Correction) => JSON.stringify([column, was, when, to]);

function distinct(corrections: readonly Correction[]): Correction[] {
  return [...new Map(corrections.map((one) => [keyOf(one), one])).values()];
}
