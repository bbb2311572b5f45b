import type { TestVerdict } from '../../shared/contract/pipeline-tests.ts';
import type { StepSchema } from '../../shared/contract/pipelines.ts';
import { masked } from '../engine/checks/detect/masked-reason.ts';
import { knowsPrivate, privateAmong, type Rooms } from './shown-run.ts';

/** Verdicts of a pipeline's tests as they may be written to a log: without cells of outputs that have private columns. */
export async function shownTests(
  rooms: Rooms,
  pipeline: string,
  verdicts: readonly TestVerdict[],
): Promise<readonly TestVerdict[]> {
  if (verdicts.every(({ verdict }) => verdict === 'pass') || !(await knowsPrivate(rooms))) return verdicts;
  const shy = await privateSteps(rooms, pipeline);
  return verdicts.map((one) => without(one, shy));
}

/** Private columns that steps of a pipeline give, as `step.column`: a test of it may hold their values. */
export async function privateOfSteps(rooms: Rooms, pipeline: string): Promise<readonly string[]> {
  if (!(await knowsPrivate(rooms))) return [];
  return (await privateSteps(rooms, pipeline)).map(({ step, name }) => `${step}.${name}`);
}

async function privateSteps(rooms: Rooms, pipeline: string): Promise<readonly PrivateColumn[]> {
  const steps = await rooms.pipelines.describe({ pipeline: await rooms.pipelines.read({ name: pipeline }) });
  const shy = await Promise.all(steps.map((step) => privateOf(rooms, pipeline, step)));
  return shy.flat();
}

interface PrivateColumn {
  readonly step: string;
  readonly name: string;
}

/** Of a step that cannot be planned here nobody knows: all of it. */
async function privateOf(
  rooms: Rooms,
  pipeline: string,
  { id, columns }: StepSchema,
): Promise<PrivateColumn[]> {
  if (columns.length === 0) return [{ step: id, name: '*' }];
  const all = columns.map(({ name }) => name);
  return [...(await privateAmong(rooms, `${pipeline}/${id}`, all))].map((name) => ({ step: id, name }));
}

/** An error quotes any value that came its way; a difference quotes rows of outputs, and rejects may be of any step. */
function without(test: TestVerdict, shy: readonly PrivateColumn[]): TestVerdict {
  if (test.verdict === 'pass' || shy.length === 0) return test;
  if (test.verdict === 'error') return { ...test, says: test.says.replace(/: ".*"/s, `: "${masked}"`) };
  const rejects = test.says.includes('.rejects: ');
  const named = shy.filter(({ step }) => rejects || test.says.includes(`${step}: `));
  if (named.length === 0) return test;
  const columns = named.map(({ step, name }) => `${step}.${name}`).join(', ');
  return {
    ...test,
    says: `Rows differ. They are not shown, because these columns are private: ${columns}.`,
  };
}
