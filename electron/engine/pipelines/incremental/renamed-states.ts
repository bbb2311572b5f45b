import type { Field, ParamShape } from '../../../../shared/params.ts';
import { parseRef } from '../../../../shared/pipeline-graph.ts';
import { steps } from '../../../../shared/registry.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { loadParser } from '../../query/parser.ts';
import { renamedInSql } from '../../query/rename-in-sql.ts';
import { canonical, keyOfMade, type MadeFrom } from './step-keys.ts';
import type { StepState } from './step-states.ts';

interface Rename {
  readonly from: string;
  readonly to: string;
  readonly at: number;
}

/** What was noted of steps, as if tables that were only renamed since had always been called so. */
export async function underNewNames(
  session: Session,
  states: ReadonlyMap<string, StepState & { readonly madeAt: number }>,
): Promise<ReadonlyMap<string, StepState>> {
  if (states.size === 0) return states;
  const oldest = Math.min(...[...states.values()].map(({ madeAt }) => madeAt));
  const renames = await session.query<Rename>(sql`
    select from_name as "from", to_name as "to", extract(epoch from at)::float8 as at from assay.table_renames
    where extract(epoch from at)::float8 > ${oldest}::float8 order by id`);
  if (renames.length === 0) return states;
  await loadParser();
  return renamedStates(states, renames);
}

function renamedStates(
  states: ReadonlyMap<string, StepState & { readonly madeAt: number }>,
  renames: readonly Rename[],
): ReadonlyMap<string, StepState> {
  const found = new Map<string, StepState>();
  const follow = (step: string): StepState | undefined => {
    const known = found.get(step);
    const state = states.get(step);
    if (known || !state) return known;
    const since = renames.filter(({ at }) => at > state.madeAt);
    const inputs = state.from.inputs.map(([ref, key]) => {
      const before = states.get(parseRef(ref).step);
      return [ref, before?.key === key ? (follow(before.step)?.key ?? key) : key] as const;
    });
    const next = renamedState({ ...state, from: { ...state.from, inputs } }, state, since);
    found.set(step, next);
    return next;
  };
  for (const step of states.keys()) follow(step);
  return found;
}

/** A state whose key this build cannot make again stays as it is: the step is made anew. */
function renamedState(state: StepState, before: StepState, renames: readonly Rename[]): StepState {
  if (keyOfMade(before.from) !== before.key) return before;
  const from = renames.reduce(renamedFrom, state.from);
  const key = keyOfMade(from);
  const table = renames.reduce((name, { from: old, to }) => (name === old ? to : name), state.table);
  return { ...state, from, key, table, reach: key === before.key ? state.reach : null };
}

function renamedFrom(made: MadeFrom, { from, to }: Rename): MadeFrom {
  const shape = steps.get(made.kind)?.params ?? {};
  const renamed = (name: string) => (name === from ? to : name);
  return {
    ...made,
    params: Object.fromEntries(
      Object.entries(made.params).map(([name, value]) => [
        name,
        canonical(renamedValue(shape[name], JSON.parse(value), from, to)),
      ]),
    ),
    reads: Object.fromEntries(Object.entries(made.reads).map(([name, mark]) => [renamed(name), mark])),
  };
}

function renamedValue(field: Field<unknown> | undefined, value: unknown, from: string, to: string): unknown {
  const { is, names, fields } = field ?? {};
  if (fields && Array.isArray(value))
    return value.map((entry) => renamedEntry(fields, entry as Readonly<Record<string, unknown>>, from, to));
  if (is === 'table' || names === 'table') return value === from ? to : value;
  const formula = (is === 'expression' || is === 'query') && typeof value === 'string';
  return formula ? renamedInSql(value, from, to) : value;
}

const renamedEntry = (
  shape: ParamShape,
  entry: Readonly<Record<string, unknown>>,
  from: string,
  to: string,
) =>
  Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [name, renamedValue(shape[name], value, from, to)]),
  );
