import { problem } from '../../../shared/problem.ts';
import { defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';

export default defineCommand<{ readonly add?: string; readonly step?: string; readonly rows?: string }>({
  usage: 'test [pipelines...]',
  summary:
    'runs the tests of pipelines over their own rows, without reading a table; exits with 1 where one differs',
  json: `{ verdict, tests: [{ pipeline, name, verdict, says }] }
  verdict: pass, fail or error. says: the first difference, or why it could not be run.`,
  order: 53,
  configure: (command) =>
    command
      .option('--add <name>', 'first make a test of the rows that the tables hold now; for one pipeline')
      .option('--step <step>', 'of this step alone: what comes to it now is given')
      .option('--rows <n>', 'how many rows of each table such a test takes', '20'),
  async run({ args, options, engine }) {
    const { pipelines } = await engine();
    const names = args.length > 0 ? args : (await pipelines.list({})).map(({ name }) => name);
    const [first] = args;
    if (options.add !== undefined) {
      if (first === undefined || args.length > 1) {
        throw problem('bad_input', 'A test is added to one pipeline.', {
          hint: 'Name it: assay test PIPELINE --add NAME.',
        });
      }
      await pipelines.makeTest({
        name: first,
        test: options.add,
        step: options.step,
        rows: Number(options.rows ?? 20),
      });
    }
    const found = [];
    for (const name of names) {
      for (const verdict of await pipelines.test({ name })) found.push({ pipeline: name, ...verdict });
    }
    const passed = found.every(({ verdict }) => verdict === 'pass');
    const lines = found.map(({ pipeline, name, verdict, says }) => [pipeline, name, verdict, says]);
    return {
      json: { verdict: passed ? 'pass' : 'fail', tests: found },
      text:
        found.length > 0
          ? `${textTable(['pipeline', 'test', 'verdict', 'says'], lines)}\n`
          : 'There are no tests yet.\n',
      exit: passed ? 0 : 1,
    };
  },
});
