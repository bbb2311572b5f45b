import type { Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import type { StepDefinition } from '../../../../shared/define-step.ts';
import { schemaOf } from '../../../../shared/params.ts';
import { inOrder, parseRef } from '../../../../shared/pipeline-graph.ts';
import { steps as definitions } from '../../../../shared/registry.ts';
import { formulasOf } from '../sql/formulas.ts';
import { hasWindow } from '../sql/read-relations.ts';
import { type Growing, growingSteps } from './growing.ts';

/** How rows of what grows come to a step, in pieces that each give their own rows. */
interface Way {
  /** Its inputs that they come by. */
  readonly places: readonly number[];
  /** The step that they are of, where it is one, and each comes by one way: then they can come in its order. */
  readonly from: Growing | undefined;
}

/**
 * Why new rows alone would not give the new rows of what comes out: a step on the way takes rows together, as a sum by
 * group does, or a file is written, which is always whole. Needs the parser.
 */
export const acrossRows = (pipeline: Pipeline, growing: readonly Growing[]): string | undefined =>
  waysOf(pipeline, growing).across[0];

/**
 * Steps that write by key what comes of one step that reads only new rows, with the column that says which these are: of
 * several rows of a key the last by it counts, as it does when they come one after the other. Needs the parser.
 */
export function lastByKey(pipeline: Pipeline): ReadonlyMap<string, string> {
  const { ways } = waysOf(pipeline, growingSteps(pipeline));
  return new Map(
    pipeline.steps.flatMap((step) => {
      const column = ways.get(step.id)?.from?.column;
      return column !== undefined && isByKey(step) ? [[step.id, column] as const] : [];
    }),
  );
}

function waysOf(
  pipeline: Pipeline,
  growing: readonly Growing[],
): { readonly ways: ReadonlyMap<string, Way>; readonly across: readonly string[] } {
  const ways = new Map<string, Way>(growing.map((from) => [from.step, { places: [], from }]));
  const across: string[] = [];
  for (const step of growing.length > 0 ? inOrder(pipeline.steps).ordered : []) {
    const before = step.inputs.map((input) => ways.get(parseRef(input).step));
    const places = before.flatMap((way, at) => (way ? [at] : []));
    if (places.length === 0) continue;
    const from = places.length === 1 ? before[places[0] ?? 0]?.from : undefined;
    const why = whyAcross(pipeline, ways, step, { places, from });
    if (why !== undefined) across.push(`${step.id}: ${why}`);
    else ways.set(step.id, { places, from });
  }
  return { ways, across };
}

function whyAcross(
  pipeline: Pipeline,
  ways: ReadonlyMap<string, Way>,
  step: PipelineStep,
  { places, from }: Way,
): string | undefined {
  const definition = definitions.get(step.kind);
  if (definition?.exports) return 'a file is written as a whole';
  const wanted = growingInputs(definition, step);
  const apart = wanted.join() === places.join() && places.every((at) => addsUp(pipeline, ways, step, at));
  if (!apart) return 'its rows may depend on several others';
  return !from && isByKey(step) ? 'rows of one key may come to it by several ways' : undefined;
}

function isByKey({ kind, params }: PipelineStep): boolean {
  const definition = definitions.get(kind);
  const parsed = definition?.into && schemaOf(definition.params).safeParse(params);
  const mode = parsed?.success ? definition?.into?.(parsed.data as never).mode : undefined;
  return mode === 'upsert' || mode === 'history';
}

/** The inputs of which new rows, with none new in others, give the new rows of a step and nothing else. */
function growingInputs(
  definition: StepDefinition | undefined,
  { params, inputs }: PipelineStep,
): readonly number[] {
  const parsed = definition && schemaOf(definition.params).safeParse(params);
  if (!definition || !parsed?.success) return [];
  if (formulasOf(definition.params, parsed.data).some(({ written }) => hasWindow(written))) return [];
  const grows = definition.grows?.(parsed.data as never) ?? (definition.rowByRow ? [0] : []);
  return grows === 'all' ? inputs.map((_input, at) => at) : grows;
}

/** True where what an input reads is only added to: what found no place is, if it is of the one input that grows. */
function addsUp(
  { steps }: Pipeline,
  ways: ReadonlyMap<string, Way>,
  { inputs }: PipelineStep,
  at: number,
): boolean {
  const ref = parseRef(inputs[at] ?? '');
  const kind = steps.find(({ id }) => id === ref.step)?.kind ?? '';
  const left = definitions.get(kind)?.left?.[ref.output];
  return !left || ways.get(ref.step)?.places.every((place) => place === (left.input ?? 0)) === true;
}
