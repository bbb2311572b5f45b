import { defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';
import { parametersOf } from './run.ts';

export default defineCommand<{ readonly param?: readonly string[] }>({
  usage: 'explain <pipeline>',
  summary: 'tells which steps of a pipeline a run would make anew, and why; runs nothing',
  json: `{ pipeline, steps: [{ id, kind, status, why }] }
  status: fresh or stale. why: the cause by name: a setting, a table, a step before.`,
  order: 51,
  configure: (command) =>
    command.option(
      '--param <name=value>',
      'a value of a parameter, again for each; else ASSAY_PARAM_NAME, else its default',
      (pair: string, before: readonly string[] = []) => [...before, pair],
    ),
  async run({ args: [name = ''], options, engine }) {
    const { pipelines } = await engine();
    const pipeline = await pipelines.read({ name });
    const known = (pipeline.parameters ?? []).map((parameter) => parameter.name);
    const params = parametersOf(options.param ?? [], process.env, known);
    const steps = await pipelines.explain({ pipeline, params });
    const lines = steps.map(({ id, kind, status, why }) => [id, kind, status, why]);
    return {
      json: { pipeline: name, steps },
      text: `${textTable(['step', 'kind', 'status', 'why'], lines)}\n`,
    };
  },
});
