import type { Engine } from '../../../shared/contract/index.ts';
import type { Proof, RunResult } from '../../../shared/contract/pipelines.ts';
import { count } from '../../../shared/number-words.ts';
import { ProblemError, problem, toProblem } from '../../../shared/problem.ts';
import type { CallOptions } from '../../../shared/wire.ts';
import { defineCommand, type Outcome } from '../define-command.ts';
import { textTable } from '../output.ts';
import { quietly, shownProofs, shownRun } from '../shown-run.ts';

const told = (value: number | null) => (value === null ? '' : count(value));

function textOf({ pipeline, status, steps, ms, problem, failure }: RunResult): string {
  const lines = steps.map(({ id, kind, status: step, rows, rejects, ms: took, why }) => [
    id,
    kind,
    step,
    told(rows),
    told(rejects),
    told(took),
    why,
  ]);
  const table = textTable(['step', 'kind', 'status', 'rows', 'rejects', 'ms', 'why'], lines);
  const rows = failure?.rows.map((row) => `  ${JSON.stringify(row)}\n`) ?? [];
  const blamed =
    rows.length > 0 ? `rows of ${failure?.input} on which ${failure?.step} fails:\n${rows.join('')}` : '';
  const sql = failure ? `SQL of ${failure.step}:\n${failure.sql.replaceAll(/^/gm, '  ')}\n` : '';
  const end = problem ? `: ${problem.message}${problem.hint ? ` ${problem.hint}` : ''}` : '';
  return `${table}\n${sql}${blamed}${pipeline}: ${status} in ${count(ms)} ms${end}\n`;
}

/** A pipeline that is not right was a wrong request; a step that failed was the data. */
const exitOf = ({ status, refused }: RunResult): number => (status === 'done' ? 0 : refused ? 2 : 1);

interface Options {
  readonly to?: string;
  readonly from?: string;
  readonly full?: boolean;
  readonly due?: boolean;
  readonly prove?: boolean;
  readonly param?: readonly string[];
}

/** Values by name: of the environment, and over them those written as name=value. */
export function parametersOf(
  written: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  known: readonly string[],
): Record<string, string> {
  const own = known.flatMap((name) => {
    const value = environment[`ASSAY_PARAM_${name.toUpperCase()}`];
    return value === undefined ? [] : [[name, value] as const];
  });
  const given = written.map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1)
      throw problem('bad_input', `"${pair}" is not name=value.`, { hint: 'Write --param month=2024-01-01.' });
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return Object.fromEntries([...own, ...given]);
}

const shown = (what: string, first: readonly object[]) =>
  first.map((row) => `  ${what}: ${JSON.stringify(row)}\n`).join('');

function proved(tables: readonly Proof[]): Outcome {
  const differs = ({ missing, extra }: Proof) => missing.rows + extra.rows > 0;
  const line = (proof: Proof) => {
    const { table, rows, earlier, missing, extra } = proof;
    const of =
      earlier > 0 ? `${count(rows - earlier)} of its ${count(rows)} rows` : `its ${count(rows)} rows`;
    const others = earlier > 0 ? `, ${count(earlier)} stay from earlier runs` : '';
    if (!differs(proof)) return `${table}: ${of} are those of a full run${others}.\n`;
    const told = `${table}: ${count(missing.rows)} rows of a full run are missing, ${count(extra.rows)} are not of it.\n`;
    return told + shown('missing', missing.first) + shown('not of it', extra.first);
  };
  return { json: { tables }, text: tables.map(line).join(''), exit: tables.some(differs) ? 1 : 0 };
}

type Rooms = Pick<Engine, 'checks' | 'pipelines'>;

async function runOne(rooms: Rooms, name: string, long: CallOptions): Promise<RunResult> {
  const { parameters = [] } = await rooms.pipelines.read({ name });
  const known = parameters.map((parameter) => parameter.name);
  const params = parametersOf([], process.env, known);
  return shownRun(rooms, await rooms.pipelines.run({ name, params }, long));
}

/** One that could not even begin: a parameter has no value, say, or it is running. */
function notRun(pipeline: string, thrown: unknown): RunResult {
  const [at, failed] = [new Date().toISOString(), toProblem(thrown)];
  if (failed.code === 'cancelled') throw thrown;
  return { pipeline, status: 'failed', steps: [], ms: 0, at, problem: failed, refused: true };
}

/**
 * Runs what its schedule has asked for since it last ran, one after the other; a failure keeps no other from running.
 * What cannot be read, a pipeline's file or the times of its schedule, is told as not run.
 */
async function runDue(rooms: Rooms, long: CallOptions): Promise<Outcome> {
  const { pipelines } = rooms;
  const runs: RunResult[] = [];
  for (const { name, schedule, problem } of await pipelines.list({})) {
    const fault = problem ?? schedule?.problem;
    if (fault) runs.push(notRun(name, new ProblemError(fault)));
    else if (schedule?.missed)
      runs.push(await runOne(rooms, name, long).catch((thrown) => notRun(name, thrown)));
  }
  return {
    json: { runs },
    text: runs.map(textOf).join('\n') || 'No pipeline is due.\n',
    exit: Math.max(0, ...runs.map(exitOf)),
  };
}

export default defineCommand<Options>({
  usage: 'run [pipeline]',
  summary:
    'makes anew what changed in a pipeline: all of its tables, or none; exits with 1 where a step failed, with 2 where the pipeline is not right',
  json: `{ pipeline, status, steps: [{ id, kind, status, rows, rejects, left, ms, why }], ms, at, problem, failure, tries, refused }
  status: done, failed or cancelled; of a step ran, fresh (unchanged, so not made anew), failed or skipped. rows: what the
  step gave, null where it was not reached; rejects: what it left out, left: the same by output, as far as counted;
  why: what made it stale, or since when it is fresh. problem: only where the run failed; failure: { step, sql, input, rows }: the step's SQL, and the
  first rows of its input that it fails on alone; tries: where there were several; refused: the pipeline
  itself is not right, nothing was tried. With --due: { runs: [the same] }.
  With --prove: { tables: [{ table, rows, earlier, missing: { rows, first }, extra: { rows, first } }] }.`,
  order: 50,
  configure: (command) =>
    command
      .option('--to <step>', 'run only this step and what it is made from')
      .option('--from <step>', 'make this step and all after it anew')
      .option('--due', 'run every pipeline whose schedule was due since it last ran: for cron or a timer')
      .option(
        '--prove',
        'run nothing: compare each table with what a full run would write; exits with 1 where they differ',
      )
      .option('--full', 'make everything anew')
      .option(
        '--param <name=value>',
        'a value of a parameter, again for each; else ASSAY_PARAM_NAME, else its default',
        (pair: string, before: readonly string[] = []) => [...before, pair],
      ),
  async run({ args: [name = ''], options, engine, long }) {
    const rooms = await engine();
    const { pipelines } = rooms;
    if (options.due) {
      if (name !== '') throw problem('bad_input', '--due runs what is due: name no pipeline with it.');
      return runDue(rooms, long);
    }
    if (name === '') {
      throw problem('bad_input', 'No pipeline was named.', {
        hint: 'assay run PIPELINE, or assay run --due',
      });
    }
    const { parameters = [] } = await pipelines.read({ name });
    const known = parameters.map((parameter) => parameter.name);
    if (options.prove) {
      const params = parametersOf(options.param ?? [], process.env, known);
      return proved(await shownProofs(rooms, await quietly(rooms, pipelines.prove({ name, params }, long))));
    }
    const { to, from, full = false, param = [] } = options;
    const ran = await pipelines.run(
      { name, full, to, from, params: parametersOf(param, process.env, known) },
      long,
    );
    const result = await shownRun(rooms, ran);
    return { json: result, text: textOf(result), exit: exitOf(result) };
  },
});
