import type { Pipeline, StepSchema } from '../../../../shared/contract/pipelines.ts';
import type { Field, ParamShape } from '../../../../shared/params.ts';
import { inOrder, parseRef } from '../../../../shared/pipeline-graph.ts';
import { steps } from '../../../../shared/registry.ts';
import { ident, toText } from '../../../../shared/sql.ts';
import { lexSql } from '../../../../shared/sql-lexer.ts';
import type { Edit } from './edits.ts';

/** A column that is called otherwise since a step was changed. */
export interface Renamed {
  readonly step: string;
  readonly from: string;
  readonly to: string;
}

/** The column that got another name between two states of what is known; nothing where more than that changed. */
export function renamedBetween(
  before: ReadonlyMap<string, StepSchema>,
  now: ReadonlyMap<string, StepSchema>,
  ids: readonly string[],
): Renamed | undefined {
  for (const id of ids) {
    const old = before.get(id)?.columns ?? [];
    const fresh = now.get(id)?.columns ?? [];
    if (old.length === 0 || old.length !== fresh.length) continue;
    const changed = old.flatMap(({ name }, at) =>
      fresh[at]?.name === name ? [] : [[name, fresh[at]?.name ?? '']],
    );
    const [[from = '', to = ''] = []] = changed;
    const gone = fresh.every(({ name }) => name !== from) && old.every(({ name }) => name !== to);
    if (changed.length === 1 && gone) return { step: id, from, to };
  }
  return undefined;
}

/** Steps after it that still say the old name. */
export const stepsToFollow = (pipeline: Pipeline, renamed: Renamed): string[] => {
  const followed = followRename(renamed)(pipeline);
  return pipeline.steps.flatMap(({ id, params }, at) =>
    JSON.stringify(params) === JSON.stringify(followed.steps[at]?.params) ? [] : [id],
  );
};

/** Says the new name in every step that the column comes to: in columns that are chosen and in formulas. */
export const followRename =
  ({ step: origin, from, to }: Renamed): Edit =>
  (pipeline) => {
    const carriers = carriersOf(pipeline, origin);
    return {
      ...pipeline,
      steps: pipeline.steps.map((step) => {
        const shape = steps.get(step.kind)?.params;
        const carried = step.inputs.map((input) => carriers.has(parseRef(input).step));
        if (!shape || step.id === origin || !carried.includes(true)) return step;
        return { ...step, params: renamedParams(shape, step.params, { carried, from, to }) };
      }),
    };
  };

/** Steps whose rows have the column: names come from the first input, or from all where there may be any number. */
function carriersOf({ steps: all }: Pipeline, origin: string): ReadonlySet<string> {
  const carriers = new Set([origin]);
  for (const { id, kind, inputs } of inOrder(all).ordered) {
    const named = steps.get(kind)?.inputs === 'any' ? inputs : inputs.slice(0, 1);
    if (named.some((input) => carriers.has(parseRef(input).step))) carriers.add(id);
  }
  return carriers;
}

interface Renaming {
  /** Which inputs have the column. */
  readonly carried: readonly boolean[];
  readonly from: string;
  readonly to: string;
}

const renamedParams = (shape: ParamShape, params: Readonly<Record<string, unknown>>, renaming: Renaming) =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, renamed(shape[name], value, renaming)]),
  );

function renamed(field: Field<unknown> | undefined, value: unknown, renaming: Renaming): unknown {
  const { is, fields, input = 0 } = field ?? {};
  const { carried, from, to } = renaming;
  if (fields && Array.isArray(value)) return value.map((entry) => renamedParams(fields, entry, renaming));
  if ((is === 'expression' || is === 'query') && typeof value === 'string')
    return renamedWords(value, from, to);
  if (!carried[input]) return value;
  if (is === 'columns' && Array.isArray(value)) return value.map((name) => (name === from ? to : name));
  return is === 'column' && value === from ? to : value;
}

function renamedWords(written: string, from: string, to: string): string {
  const plain = /^[a-z_][a-z0-9_]*$/;
  const quoted = toText(ident(from));
  const instead = plain.test(to) ? to : toText(ident(to));
  try {
    return lexSql(written)
      .map(({ kind, start, stop }) => ({ kind, words: written.slice(start, stop) }))
      .map(({ kind, words }) => {
        const same =
          kind === 'name'
            ? words === quoted
            : kind === 'word' && plain.test(from) && words.toLowerCase() === from;
        return same ? instead : words;
      })
      .join('');
  } catch {
    return written;
  }
}
