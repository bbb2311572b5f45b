import { rowColumn } from '../../../../shared/column.ts';
import type { PipelineStep } from '../../../../shared/contract/pipelines.ts';
import { rejectsOf, type StepDefinition } from '../../../../shared/define-step.ts';
import { schemaOf } from '../../../../shared/params.ts';
import { parseRef } from '../../../../shared/pipeline-graph.ts';
import { type Problem, problem } from '../../../../shared/problem.ts';
import { steps } from '../../../../shared/registry.ts';
import { givenPlaces, namesIn } from '../file/fill-parameters.ts';
import { holderOf, nestingFault } from '../file/nest.ts';
import { growingSteps } from './growing.ts';
import { namesBefore, type Plan } from './plan.ts';

type Place = NonNullable<Problem['at']>;

/** A problem of a step as plain data. */
export const fault = (step: string, message: string, hint?: string, at: Place = {}): Problem =>
  problem('bad_input', message, { hint, at: { step, ...at } }).problem;

/** Everything wrong with a step that shows without asking PostgreSQL. */
export function staticProblems(plan: Plan, step: PipelineStep, definition: StepDefinition): Problem[] {
  const [unfilled] = namesIn(step.params, [...namesBefore(plan, step), ...givenPlaces(step)]);
  return [
    ...idProblems(plan, step),
    ...nestingProblems(step),
    ...(unfilled === undefined ? [] : [fault(step.id, `The pipeline has no parameter "${unfilled}".`)]),
    ...paramProblems(step, definition),
    ...inputProblems(plan, step, definition),
  ];
}

function idProblems({ pipeline, circular }: Plan, { id }: PipelineStep): Problem[] {
  const same = pipeline.steps.filter((other) => other.id === id);
  if (same.length > 1) {
    const holder = same.map(holderOf).find((step) => step !== undefined);
    const hint =
      holder === undefined
        ? 'Give one of them another id in the file.'
        : `One of them is a step of the pipeline that "${holder}" uses: give the other another name in SQL.`;
    return [fault(id, `Two steps have the id "${id}".`, hint)];
  }
  if (!circular.has(id)) return [];
  return [
    fault(
      id,
      'It reads, by way of other steps, what it makes itself.',
      'Take one connection of the circle away.',
    ),
  ];
}

function nestingProblems(step: PipelineStep): Problem[] {
  const wrong = nestingFault(step);
  return wrong ? [fault(step.id, wrong.message, undefined, wrong.param ? { param: wrong.param } : {})] : [];
}

function paramProblems({ id, params }: PipelineStep, definition: StepDefinition): Problem[] {
  const parsed = schemaOf(definition.params).safeParse(params);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => {
    const label = definition.params[String(path[0])]?.label;
    const words = label && !message.startsWith(label) ? `${label}: ${message}` : message;
    const param = path.join('.');
    return fault(id, `${words.replace(/\.$/, '')}.`, undefined, param ? { param } : {});
  });
}

function inputProblems(plan: Plan, step: PipelineStep, definition: StepDefinition): Problem[] {
  return [
    ...countProblems(step, definition),
    ...looseProblems(step, definition),
    ...step.inputs.flatMap((text) => refProblems(plan, step, text)),
  ];
}

function countProblems({ id, inputs }: PipelineStep, definition: StepDefinition): Problem[] {
  const ports = definition.inputs ?? [{ name: 'in', title: 'Input' }];
  if (ports === 'any') {
    const twice = inputs.find((input, at) => inputs.indexOf(input) !== at);
    return twice
      ? [fault(id, `"${twice}" is connected twice.`, 'One connection is enough: read it twice in the query.')]
      : [];
  }
  if (inputs.length > ports.length)
    return [fault(id, `It takes ${counted(ports.length)}, but ${inputs.length} are connected.`)];
  return [];
}

/** What nothing is connected to yet. */
export function looseProblems({ id, inputs }: PipelineStep, definition: StepDefinition): Problem[] {
  const ports = definition.inputs ?? [{ name: 'in', title: 'Input' }];
  if (ports === 'any') return inputs.includes('') ? [fault(id, 'One of its inputs is not connected.')] : [];
  const open = ports.filter((_port, at) => !inputs[at]);
  const of = (title: string) => (ports.length === 1 ? 'it' : `its input "${title}"`);
  return open.map(({ title }) =>
    fault(id, `Nothing is connected to ${of(title)}.`, 'Draw a line from another step to it.'),
  );
}

const counted = (count: number) => (count === 0 ? 'no input' : count === 1 ? 'one input' : `${count} inputs`);

function refProblems({ pipeline }: Plan, { id }: PipelineStep, text: string): Problem[] {
  const { step: from, output } = parseRef(text);
  if (text === '') return [];
  const source = pipeline.steps.find((step) => step.id === from);
  if (!source)
    return [fault(id, `It reads the step "${from}", which is not there.`, 'Connect it to another step.')];
  const definition = steps.get(source.kind);
  if (output === 'rows' || !definition || rejectsOf(definition).has(output)) return [];
  return [fault(id, `"${source.title ?? from}" has no output called "${output}".`)];
}

/** Why a step cannot read or write the table that it names. */
export function tableProblems(plan: Plan, step: PipelineStep, definition: StepDefinition): Problem[] {
  const reads = definition.reads?.(step.params as never);
  const writes = definition.writes?.(step.params as never);
  return [
    ...(reads === undefined
      ? []
      : [...readProblems(plan, step, reads), ...growthProblems(plan, step, reads)]),
    ...(writes === undefined ? [] : writeProblems(plan, step.id, writes)),
  ];
}

function readProblems(plan: Plan, step: PipelineStep, table: string): Problem[] {
  if (writersOf(plan, table).length > 0) {
    const hint = 'Read the table it was made from, or write another one.';
    return [fault(step.id, `It reads "${table}", which this pipeline writes.`, hint, { table })];
  }
  if (plan.tables.has(table)) return [];
  const { message, hint } = noTable(plan, table);
  return [fault(step.id, message, hint, { table, param: 'table' })];
}

/** What is said of a table that is not there. */
export function noTable(
  { tables, views, renamed }: Plan,
  table: string,
): { readonly message: string; readonly hint: string } {
  if (views.has(table))
    return { message: `"${table}" is a view.`, hint: 'Read it by the step "Query": select * from …' };
  const now = renamed?.get(table);
  if (now !== undefined && tables.has(now))
    return { message: `There is no table "${table}".`, hint: `It is called "${now}" now.` };
  const known = [...tables.keys()].slice(0, 12).join(', ');
  const hint = known ? `Tables here: ${known}.` : 'The workspace has no tables yet: import a file first.';
  return { message: `There is no table "${table}".`, hint };
}

/** A table that grows stands for its new rows in the whole run: all steps that read it have to want that. */
function growthProblems({ pipeline }: Plan, { id }: PipelineStep, table: string): Problem[] {
  const growing = growingSteps(pipeline).filter((one) => one.table === table);
  const [first] = growing;
  if (!first) return [];
  const own = growing.find(({ step }) => step === id);
  if (own?.column === first.column) return [];
  const words = `"${first.step}" reads only the new rows of "${table}", and this step reads others.`;
  return [fault(id, words, 'Let both read by the same column, or both all rows.', { table, param: 'since' })];
}

/** Why a pipeline must not write a table. */
export function writeProblems(plan: Plan, step: string, table: string): Problem[] {
  const at = { table, param: 'table' };
  if (table.trim() === '') return [fault(step, 'Table: its name is only spaces.', undefined, at)];
  if (plan.views.has(table)) return [fault(step, `"${table}" is a view.`, 'Choose another name.', at)];
  if (new TextEncoder().encode(table).length > 63)
    return [fault(step, `"${table}" is longer than 63 bytes.`, undefined, at)];
  if (writersOf(plan, table).length > 1) return [fault(step, `Two steps write "${table}".`, undefined, at)];
  const known = plan.tables.get(table);
  if (!known || (known.origin === 'pipeline' && known.source === plan.pipeline.name)) return [];
  const made =
    known.origin === 'import'
      ? 'imported'
      : `made by ${known.origin === 'query' ? 'a query' : `the pipeline "${known.source}"`}`;
  return [
    fault(step, `"${table}" was ${made}; a run would replace it.`, 'Write a table of another name.', at),
  ];
}

const writersOf = ({ pipeline }: Plan, table: string): PipelineStep[] =>
  pipeline.steps.filter((step) => steps.get(step.kind)?.writes?.(step.params as never) === table);

/** Why these columns cannot be a step's output. */
export function outputProblems(step: string, columns: readonly string[]): Problem[] {
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice !== undefined)
    return [
      fault(step, `Two of its columns are called "${twice}".`, 'Give one of them another name.', {
        column: twice,
      }),
    ];
  if (!columns.includes(rowColumn)) return [];
  return [
    fault(step, `A column must not be called "${rowColumn}": that is the address of the row.`, undefined, {
      column: rowColumn,
    }),
  ];
}
