import { named } from '../../../../shared/by-name.ts';
import type { Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import { parseRef } from '../../../../shared/pipeline-graph.ts';
import type { Session } from '../../database/database.ts';
import { fileMark } from '../plan/file-place.ts';
import { readSurroundings, type Surroundings } from '../plan/plan-pipeline.ts';
import { loadParser } from '../sql/read-relations.ts';
import { changedSetting } from './changed-setting.ts';
import { withoutUnreached } from './prune.ts';
import { underNewIds } from './renamed-steps.ts';
import { type MadeFrom, type StepKey, stepKeys } from './step-keys.ts';
import { readStates, type StepState } from './step-states.ts';

/** Whether a step would come out as it is, and why. */
export interface Freshness {
  readonly fresh: boolean;
  readonly why: string;
  /** Missing where the step is broken, or one before it. */
  readonly key: StepKey | undefined;
  readonly state: StepState | undefined;
}

/** How each step of a pipeline stands against what was last made; `written` still has its parameters by name. */
export async function readFreshness(
  session: Session,
  pipeline: Pipeline,
  folder: string,
  written?: Pipeline,
): Promise<{ around: Surroundings; freshness: ReadonlyMap<string, Freshness> }> {
  await loadParser();
  const around = await readSurroundings(session);
  const keys = stepKeys(pipeline, around);
  const states = underNewIds(pipeline, keys, await readStates(session, pipeline.name));
  const files = await fileMarks(folder, [...states.values()]);
  const judged = freshnessOf(pipeline, around, states, { files, written, keys });
  const cause = (step: string) => writtenCause(states.get(step), around, files);
  return { around, freshness: await withoutUnreached(session, pipeline, around, judged, cause) };
}

/** The files that steps wrote as they are now. */
async function fileMarks(folder: string, states: readonly StepState[]): Promise<FileMarks> {
  const files = states.flatMap(({ file }) => file ?? []);
  return new Map(await Promise.all(files.map(async (file) => [file, await fileMark(folder, file)] as const)));
}

type FileMarks = ReadonlyMap<string, string | undefined>;

function freshnessOf(
  pipeline: Pipeline,
  around: Surroundings,
  states: ReadonlyMap<string, StepState>,
  {
    files,
    written,
    keys,
  }: {
    readonly files: FileMarks;
    readonly written: Pipeline | undefined;
    readonly keys: ReadonlyMap<string, StepKey>;
  },
): ReadonlyMap<string, Freshness> {
  const found = new Map<string, Freshness>();
  const judge = (step: PipelineStep): Freshness => {
    const known = found.get(step.id);
    if (known) return known;
    const key = keys.get(step.id);
    const state = states.get(step.id);
    const why = key
      ? (causeOf(step, key, state, {
          upstream: upstreamCause,
          written: asWritten(step.id),
          views: around.views,
        }) ?? writtenCause(state, around, files))
      : 'it is not complete, or what it reads is not';
    const fresh = why === undefined;
    const judged = { fresh, why: why ?? `nothing it is made from changed since ${state?.at}`, key, state };
    found.set(step.id, judged);
    return judged;
  };
  const asWritten = (id: string) => written?.steps.find((step) => step.id === id);
  const upstreamCause = (input: string): string | undefined => {
    const source = pipeline.steps.find(({ id }) => id === parseRef(input).step);
    if (!source) return undefined;
    const { fresh, why } = judge(source);
    return fresh ? undefined : /^after /.test(why) ? why : `after ${source.id}: ${why}`;
  };
  for (const step of pipeline.steps) judge(step);
  return found;
}

/** What the words of a cause need. */
interface Known {
  /** Why what comes in is stale, if it is. */
  readonly upstream: (input: string) => string | undefined;
  /** The step with its parameters by name. */
  readonly written?: PipelineStep | undefined;
  /** Views there are, to call them so. */
  readonly views?: Surroundings['views'];
}

/** What made a step stale, in words; nothing where it is fresh. */
function causeOf(
  step: PipelineStep,
  { key, from }: StepKey,
  state: StepState | undefined,
  known: Known,
): string | undefined {
  if (!state) return 'it has not run yet';
  if (from.asks !== null) return `it asks ${from.asks}, which may answer anew each time`;
  if (key !== state.key) return differenceOf(step, from, state.from, known);
  return step.inputs.map(known.upstream).find((why) => why !== undefined);
}

/** What became of a table or a file that a step wrote; nothing where it is as it was. */
function writtenCause(
  state: StepState | undefined,
  { tables }: Surroundings,
  files: FileMarks,
): string | undefined {
  const written = state?.table ?? state?.file ?? null;
  if (!state || written === null) return undefined;
  const mark = state.table === null ? files.get(written) : tables.get(written)?.mark;
  const name = state.table === null ? `the file ${written}` : `the table ${written}`;
  if (mark === undefined) return `${name} is gone`;
  return mark === state.mark ? undefined : `${name} was changed after it was written`;
}

function relationWords(name: string, views: Surroundings['views'] | undefined): string {
  if (name.endsWith('()')) return `the function ${name.slice(0, -2)}`;
  return `the ${views?.has(name) ? 'view' : 'table'} ${name}`;
}

/** A view's mark is of its definition; a table's tells its version too. */
const goneWords = (name: string, { reads }: MadeFrom): string =>
  `the ${/^[0-9a-f]{32}$/.test(named(reads, name) ?? '') ? 'view' : 'table'} ${name}`;

/** The first thing that is not what it was when the step was last made, in words. */
export function differenceOf(
  step: PipelineStep,
  now: MadeFrom,
  then: MadeFrom,
  { upstream, written, views }: Known,
): string {
  if (now.kind !== then.kind) return `it was of the kind ${then.kind} before`;
  if (now.definition !== then.definition) return 'this version of Assay computes it otherwise';
  const setting = Object.keys(now.params).find(
    (name) => named(now.params, name) !== named(then.params, name),
  );
  if (setting !== undefined) return changedSetting(setting, now, then, written);
  const read = (from: MadeFrom) => from.inputs.map(([ref]) => ref).join(', ');
  if (read(now) !== read(then))
    return `it reads ${read(now) || 'nothing'} now, and read ${read(then) || 'nothing'} before`;
  const table = [...Object.keys(now.reads), ...Object.keys(then.reads)].find(
    (name) => named(now.reads, name) !== named(then.reads, name),
  );
  if (table !== undefined)
    return named(now.reads, table) === 'gone'
      ? `${goneWords(table, then)} is gone`
      : `${relationWords(table, views)} changed`;
  const cause = step.inputs.map(upstream).find((why) => why !== undefined);
  return (
    cause ??
    `after ${now.inputs.find(([, key], at) => key !== then.inputs[at]?.[1])?.[0]}, which was made anew`
  );
}
