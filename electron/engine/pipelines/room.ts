import { basename } from 'node:path';
import type { Room } from '../../../shared/contract/index.ts';
import type { Pipeline, PipelineSummary } from '../../../shared/contract/pipelines.ts';
import { type Problem, problem, toProblem } from '../../../shared/problem.ts';
import { toText } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import { QueryFiles } from '../query/query-files.ts';
import { editCalls } from './file/edit-calls.ts';
import { EditLog } from './file/edit-log.ts';
import { withParameters } from './file/fill-parameters.ts';
import { followPipeline } from './file/follow-pipeline.ts';
import { defaultValues, parameterValues } from './file/parameters.ts';
import { PipelineFiles } from './file/pipeline-files.ts';
import { innerRef } from './file/signature.ts';
import { explained, freshnessAhead } from './incremental/explain.ts';
import { proveIncrements } from './incremental/prove-increments.ts';
import { forgetStates } from './incremental/step-states.ts';
import { lineageTracer } from './lineage/workspace-lineage.ts';
import { compile } from './plan/compile.ts';
import type { Plan } from './plan/plan.ts';
import { planPipeline } from './plan/plan-pipeline.ts';
import { schemaOfStep } from './plan/step-schema.ts';
import type { EmbedTexts } from './plan/text-vectors.ts';
import { previewStep, runnable } from './preview/preview.ts';
import { profileStep } from './preview/profile-step.ts';
import { proposeEntries } from './preview/propose-entries.ts';
import { WholeOutputs } from './preview/whole-outputs.ts';
import { summaryOf } from './run/pipeline-summary.ts';
import { runPipeline } from './run/run-pipeline.ts';
import { lastRun, latestRuns, readHistory, renameRecords } from './run/run-records.ts';
import { testCalls } from './test/test-calls.ts';
import { TestFiles } from './test/test-files.ts';

type Calls = Room<'pipelines'>;

/** Pipelines as files, planned, previewed and run. */
export function pipelinesRoom(context: Context, embed: EmbedTexts): Calls {
  const files = new PipelineFiles(context.workspace.path('pipelines'));
  const edits = new EditLog(context.workspace.statePath('edits'));
  const running = new Set<string>();
  context.workspace.onFolderChange('pipelines', () => context.emit({ event: 'changed', room: 'pipelines' }));
  return {
    ...fileCalls(context, { files, edits }, running),
    ...editCalls(context, edits),
    ...planCalls(context, files, embed),
    ...runCalls(context, files, running, embed),
    ...testCalls(context, files, embed),
  };
}

function fileCalls(
  { database, emit, workspace }: Context,
  { files, edits }: { readonly files: PipelineFiles; readonly edits: EditLog },
  running: ReadonlySet<string>,
): Pick<Calls, 'list' | 'read' | 'save' | 'rename' | 'remove'> {
  const changed = () => emit({ event: 'changed', room: 'pipelines' });
  const list = async () => {
    const runs = await latestRuns(database);
    const all = await files.list();
    const scheduled = all.some(({ pipeline }) => pipeline?.schedule);
    const state = scheduled ? (await import('../../../shared/schedule.ts')).scheduleState : undefined;
    return all.map((file) => summaryOf(file, runs, state));
  };
  const summary = async (path: string): Promise<PipelineSummary> => {
    changed();
    const found = (await list()).find(({ file }) => file === `pipelines/${basename(path)}`);
    if (!found) throw problem('not_found', `${basename(path)} is gone again.`, { at: { file: path } });
    return found;
  };
  return {
    list,
    read: async ({ name }) => (await files.find(name)).pipeline,
    save: async ({ pipeline }) => summary(await files.save(pipeline)),
    async rename({ name, to }) {
      if (running.has(name)) throw busy(name);
      const path = await files.rename(name, to);
      await renameRecords(database, name, to);
      await edits.rename(name, to);
      if (name !== to) await followPipeline(workspace, name, to);
      emit({ event: 'changed', room: 'tables' });
      return summary(path);
    },
    async remove({ name }) {
      if (running.has(name)) throw busy(name);
      await files.remove(name);
      await new TestFiles(workspace.path('pipeline-tests')).remove(name);
      await edits.remove(name);
      await forgetStates(database, name, []);
      changed();
      return null;
    },
  };
}

/** A pipeline as it would run with the defaults of its parameters. */
const withDefaults = (pipeline: Pipeline): Pipeline => withParameters(pipeline, defaultValues(pipeline));

const planCalls = (
  { database, workspace }: Context,
  files: PipelineFiles,
  embed: EmbedTexts,
): Pick<Calls, 'describe' | 'preview' | 'page' | 'profile' | 'compile' | 'explain' | 'propose'> => {
  const whole = (pipeline: Pipeline) => files.whole(withDefaults(pipeline));
  const outputs = new WholeOutputs(database);
  const planned = async <T>(pipeline: Pipeline, work: (plan: Plan) => T): Promise<T> => {
    const all = await whole(pipeline);
    return database.use({ title: `Planning ${pipeline.name}` }, async (session) =>
      work(await planPipeline(session, all)),
    );
  };
  return {
    async explain({ pipeline, params }) {
      const values = params ? parameterValues(pipeline, params) : defaultValues(pipeline);
      const all = await files.whole(withParameters(pipeline, values));
      const written = await files.whole(pipeline);
      const ahead = { folder: workspace.path(), written, asRun: params !== undefined };
      const freshness = await database.use({ title: `Explaining ${pipeline.name}` }, (session) =>
        freshnessAhead(session, all, ahead),
      );
      return explained(all, pipeline, freshness, values);
    },
    describe: ({ pipeline }) =>
      planned(pipeline, (plan) => pipeline.steps.map(({ id }) => schemaOfStep(plan, id))),
    async preview({ pipeline, step, output, limit }, { signal }) {
      const all = await whole(pipeline);
      return previewStep(database, all, innerRef(all, { step, output }), { limit, signal, embed });
    },
    async page({ pipeline, step, output, offset, limit }, { signal }) {
      const all = await whole(pipeline);
      const looked = { pipeline: all, ref: innerRef(all, { step, output }), offset, limit };
      return outputs.page(looked, { signal, embed });
    },
    async profile({ pipeline, step, output, limit }, { signal }) {
      const all = await whole(pipeline);
      const ahead = { signal, embed, ...(limit === undefined ? {} : { limit }) };
      return profileStep(database, all, innerRef(all, { step, output }), ahead);
    },
    propose: async ({ pipeline, step, way }, { signal }) =>
      proposeEntries(database, await whole(pipeline), { id: step, way }, { signal, embed }),
    compile: ({ pipeline, step }) =>
      planned(pipeline, (plan) => {
        runnable(plan, step);
        return { sql: toText(compile(plan, { step, output: 'rows' })) };
      }),
  };
};

const runCalls = (
  { database, emit, workspace }: Context,
  files: PipelineFiles,
  running: Set<string>,
  embed: EmbedTexts,
): Pick<Calls, 'run' | 'prove' | 'lastRun' | 'history' | 'lineage'> => ({
  async run({ name, to, from, full, params, scheduled }, call) {
    const tell = ({ message }: Problem) =>
      scheduled && emit({ event: 'alert', title: `${name} failed, run by its schedule`, detail: message });
    const pipeline = await files.findWhole(name);
    if (running.has(name)) throw busy(name);
    running.add(name);
    try {
      const asked = { to, from, full, params };
      const place = { folder: workspace.path(), embed };
      const result = await runPipeline(database, pipeline, asked, place, call);
      if (result.problem) tell(result.problem);
      return result;
    } catch (thrown) {
      tell(toProblem(thrown));
      throw thrown;
    } finally {
      running.delete(name);
      for (const room of ['pipelines', 'tables', 'search'] as const) emit({ event: 'changed', room });
    }
  },
  lineage: async ({ relation, column }) => {
    const all = await files.list();
    const queries = await new QueryFiles(workspace.path('queries')).list();
    return database.use({ title: `Following ${column}` }, async (session) =>
      (await lineageTracer(session, all, queries))(relation, column),
    );
  },
  async prove({ name, params }, { signal }) {
    const pipeline = await files.findWhole(name);
    const values = parameterValues(pipeline, params ?? {});
    return proveIncrements(database, withParameters(pipeline, values), { signal, embed });
  },
  lastRun: ({ name }) => lastRun(database, name),
  history: ({ name, limit }) => readHistory(database, name, limit),
});

const busy = (name: string) =>
  problem('locked', `"${name}" is running.`, { hint: 'Wait until it is done, or cancel it.' });
