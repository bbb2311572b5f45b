import type { Room } from '../../../../shared/contract/index.ts';
import type { TestVerdict } from '../../../../shared/contract/pipeline-tests.ts';
import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import { sourcesOf } from '../../../../shared/pipeline-graph.ts';
import { steps } from '../../../../shared/registry.ts';
import type { Context } from '../../context.ts';
import type { PipelineFiles } from '../file/pipeline-files.ts';
import type { EmbedTexts } from '../plan/text-vectors.ts';
import { TestFiles } from './test-files.ts';
import { makeTest, runTest } from './test-pipeline.ts';

/** The tests of pipelines: made of the rows as they are, and run over their own. */
export const testCalls = (
  { database, emit, workspace }: Context,
  files: PipelineFiles,
  embed: EmbedTexts,
): Pick<Room<'pipelines'>, 'test' | 'makeTest'> => {
  const tests = new TestFiles(workspace.path('pipeline-tests'));
  return {
    async test({ name }) {
      const pipeline = await files.findWhole(name);
      const verdicts: TestVerdict[] = [];
      for (const test of await tests.read(name))
        verdicts.push(await runTest(database, pipeline, test, embed));
      return verdicts;
    },
    async makeTest({ name, test: called, outputs, step, rows }) {
      const pipeline = await files.findWhole(name);
      const wanted = outputs.length > 0 ? outputs : endsOf(pipeline);
      const test = await makeTest(database, pipeline, { name: called, outputs: wanted, step, rows }, embed);
      await tests.add(name, test);
      emit({ event: 'changed', room: 'pipelines' });
      return runTest(database, pipeline, test, embed);
    },
  };
};

/** The steps whose rows leave a pipeline: those that write, or where none does, those that nothing reads. */
function endsOf({ steps: all }: Pipeline): string[] {
  const read = new Set(all.flatMap(sourcesOf));
  const written = all.filter(({ kind }) => steps.get(kind)?.writes ?? steps.get(kind)?.exports);
  return (written.length > 0 ? written : all.filter(({ id }) => !read.has(id))).map(({ id }) => id);
}
