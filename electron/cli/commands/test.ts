import type { TestVerdict } from '../../../shared/contract/pipeline-tests.ts';
import { problem, toProblem } from '../../../shared/problem.ts';
import { defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';
import { quietly } from '../shown-run.ts';
import { privateOfSteps, shownTests } from '../shown-test.ts';

interface Options {
  readonly add?: string;
  readonly step?: string;
  readonly rows?: string;
  readonly withPrivate?: boolean;
}

/** A test is a file that goes wherever the workspace goes: private values are not written into one unasked. */
function refusePrivate(columns: readonly string[]): void {
  if (columns.length === 0) return;
  throw problem('bad_input', `The test would hold values of private columns: ${columns.join(', ')}.`, {
    hint: 'Write the test by hand with rows made up, or say that these values may be written: --with-private.',
  });
}

const testsOf = async (
  rooms: Parameters<typeof shownTests>[0],
  name: string,
): Promise<readonly TestVerdict[]> => shownTests(rooms, name, await rooms.pipelines.test({ name }));

/** Said of a pipeline that cannot be read, where all are tested: it keeps none of the others from it. */
function unreadable(thrown: unknown): TestVerdict {
  const { message, hint } = toProblem(thrown);
  return { name: '', verdict: 'error', says: [message, hint].filter(Boolean).join(' ') };
}

export default defineCommand<Options>({
  usage: 'test [pipelines...]',
  summary:
    'runs the tests of pipelines over their own rows, without reading a table; exits with 1 where one differs',
  json: `{ verdict, tests: [{ pipeline, name, verdict, says }] }
  verdict: pass, fail or error. says: the first difference, or why it could not be run,
  without values of private columns. With --add and --with-private, private: the columns step.column whose values the new test may hold.`,
  order: 53,
  configure: (command) =>
    command
      .option('--add <name>', 'first make a test of the rows that the tables hold now; for one pipeline')
      .option('--step <step>', 'of this step alone: what comes to it now is given')
      .option('--rows <n>', 'how many rows of each table such a test takes', '20')
      .option('--with-private', 'values of private columns may be written into the test, too'),
  async run({ args, options, engine }) {
    const rooms = await engine();
    const { pipelines } = rooms;
    const names = args.length > 0 ? args : (await pipelines.list({})).map(({ name }) => name);
    const [first] = args;
    if (options.add !== undefined) {
      if (first === undefined || args.length > 1) {
        throw problem('bad_input', 'A test is added to one pipeline.', {
          hint: 'Name it: assay test PIPELINE --add NAME.',
        });
      }
      const { add, step, rows = 20 } = options;
      if (!options.withPrivate) refusePrivate(await privateOfSteps(rooms, first));
      await quietly(rooms, pipelines.makeTest({ name: first, test: add, step, rows: Number(rows) }));
    }
    const shy = first === undefined || options.add === undefined ? [] : await privateOfSteps(rooms, first);
    const note =
      shy.length > 0 ? `The new test may hold values of private columns: ${shy.join(', ')}.\n` : '';
    const found = [];
    for (const name of names) {
      const verdicts = await testsOf(rooms, name).catch((thrown: unknown) => {
        if (args.length > 0) throw thrown;
        return [unreadable(thrown)];
      });
      for (const verdict of verdicts) found.push({ pipeline: name, ...verdict });
    }
    const passed = found.every(({ verdict }) => verdict === 'pass');
    const lines = found.map(({ pipeline, name, verdict, says }) => [pipeline, name, verdict, says]);
    return {
      json: {
        verdict: passed ? 'pass' : 'fail',
        tests: found,
        ...(shy.length > 0 ? { private: shy } : {}),
      },
      text:
        found.length > 0
          ? `${textTable(['pipeline', 'test', 'verdict', 'says'], lines)}\n${note}`
          : 'There are no tests yet.\n',
      exit: passed ? 0 : 1,
    };
  },
});
