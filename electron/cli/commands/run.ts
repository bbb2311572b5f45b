import type { RunResult } from '../../../shared/contract/pipelines.ts';
import { defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';

const count = (value: number | null) => value?.toLocaleString('en-US') ?? '';

function textOf({ pipeline, status, steps, ms, problem }: RunResult): string {
  const lines = steps.map(({ id, kind, status: step, rows, rejects, ms: took, why }) => [
    id,
    kind,
    step,
    count(rows),
    count(rejects),
    count(took),
    why,
  ]);
  const table = textTable(['step', 'kind', 'status', 'rows', 'rejects', 'ms', 'why'], lines);
  const end = problem ? `: ${problem.message}${problem.hint ? ` ${problem.hint}` : ''}` : '';
  return `${table}\n${pipeline}: ${status} in ${count(ms)} ms${end}\n`;
}

export default defineCommand<{ to?: string; full?: boolean }>({
  usage: 'run <pipeline>',
  summary: 'runs a pipeline: all of its tables are replaced, or none; exits with 1 where a step failed',
  json: `{ pipeline, status, steps: [{ id, kind, status, rows, rejects, ms, why }], ms, at, problem }
  status: done, failed or cancelled; of a step ran, fresh, failed or skipped. rows: what the step gave, null where it was
  not reached; rejects: what it dropped, null for a step that drops none. problem: only where the run failed.`,
  order: 50,
  configure: (command) =>
    command
      .option('--to <step>', 'run only this step and what it is made from')
      .option('--full', 'compute everything anew'),
  async run({ args: [name = ''], options, engine, long }) {
    const { pipelines } = await engine();
    const result = await pipelines.run(
      { name, full: options.full ?? false, ...(options.to === undefined ? {} : { to: options.to }) },
      long,
    );
    return { json: result, text: textOf(result), exit: result.status === 'done' ? 0 : 1 };
  },
});
