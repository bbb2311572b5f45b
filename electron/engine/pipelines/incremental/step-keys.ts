import { createHash } from 'node:crypto';
import { named } from '../../../../shared/by-name.ts';
import type { Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import { rejectsOf, type StepDefinition, type StepInput } from '../../../../shared/define-step.ts';
import { schemaOf } from '../../../../shared/params.ts';
import { inOrder, inputNames, parseRef, refText } from '../../../../shared/pipeline-graph.ts';
import { steps } from '../../../../shared/registry.ts';
import { ident, toText } from '../../../../shared/sql.ts';
import type { Surroundings } from '../plan/plan-pipeline.ts';
import { formulasOf } from '../sql/formulas.ts';
import { relationsIn } from '../sql/read-relations.ts';

/** Everything that a step's output follows from. Two that are equal give equal rows. */
export interface MadeFrom {
  readonly kind: string;
  /** Another one where this build computes the kind otherwise. */
  readonly definition: string;
  /** Values of the setting, as canonical text. */
  readonly params: Readonly<Record<string, string>>;
  /** The outputs it reads, with the keys of their steps. */
  readonly inputs: readonly (readonly [ref: string, key: string])[];
  /** Marks of the tables and views it reads, and of functions made here, as `name()`. */
  readonly reads: Readonly<Record<string, string>>;
  /** What in it answers anew each time, if anything does. */
  readonly asks: string | null;
}

/** A step's key, and what it is made of. */
export interface StepKey {
  readonly key: string;
  readonly from: MadeFrom;
}

/** The key of every step that can have one; broken ones and those after them have none. */
export function stepKeys(pipeline: Pipeline, around: Surroundings): ReadonlyMap<string, StepKey> {
  const { ordered, circular } = inOrder(pipeline.steps);
  const keys = new Map<string, StepKey>();
  for (const step of ordered) {
    const key = circular.has(step.id) ? undefined : keyOf(step, keys, around);
    if (key) keys.set(step.id, key);
  }
  return keys;
}

function keyOf(
  step: PipelineStep,
  keys: ReadonlyMap<string, StepKey>,
  around: Surroundings,
): StepKey | undefined {
  const definition = steps.get(step.kind);
  const parsed = definition && schemaOf(definition.params).safeParse(step.params);
  if (!definition || !parsed?.success) return undefined;
  const inputs = step.inputs.map(
    (input) => [refText(parseRef(input)), keys.get(parseRef(input).step)?.key] as const,
  );
  if (inputs.some(([, key]) => key === undefined)) return undefined;
  const names = new Set(definition.inputs === 'any' ? inputNames(step) : []);
  const from: MadeFrom = {
    kind: step.kind,
    definition: versionOf(step.kind, definition),
    params: settingOf(definition, parsed.data),
    inputs: inputs as MadeFrom['inputs'],
    ...surroundingsOf(definition, parsed.data, names, around),
  };
  return { key: keyOfMade(from), from };
}

/** The key of what a step is made of, in whichever order the database gave it back. */
export function keyOfMade({ kind, definition, params, inputs, reads, asks }: MadeFrom): string {
  const names = Object.keys(steps.get(kind)?.params ?? params).filter((name) => name in params);
  const inOrder = Object.fromEntries(names.map((name) => [name, params[name]]));
  const sorted = Object.fromEntries(Object.entries(reads).sort(([a], [b]) => (a < b ? -1 : 1)));
  return hash(JSON.stringify({ kind, definition, params: inOrder, inputs, reads: sorted, asks }));
}

/** Its values as text; what is given to another pipeline stands in the steps of that one. */
const settingOf = (
  { params }: StepDefinition,
  values: Readonly<Record<string, unknown>>,
): MadeFrom['params'] =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => params[name]?.is !== 'settings')
      .map(([name, value]) => [name, canonical(value)]),
  );

function surroundingsOf(
  definition: StepDefinition,
  params: Readonly<Record<string, unknown>>,
  inputs: ReadonlySet<string>,
  { tables, views, traits, unwatched }: Surroundings,
): Pick<MadeFrom, 'reads' | 'asks'> {
  const formulas = formulasOf(definition.params, params).map(({ written }) => written);
  const named = formulas.map(relationsIn);
  const own = [definition.reads?.(params as never) ?? [], ...named.flatMap(({ own }) => [...own])].flat();
  const wanted = [...new Set(own)].filter((name) => !inputs.has(name) || definition.reads).sort();
  const reads = wanted.flatMap((name): [string, string][] => {
    const view = views.get(name);
    const below = view ? [[name, view.mark] as [string, string]] : [];
    const marked = (view?.reads ?? [name]).map((table): [string, string] => [
      table,
      tables.get(table)?.mark ?? 'gone',
    ]);
    return [...below, ...marked];
  });
  const texts = [...formulas, ...wanted.flatMap((name) => views.get(name)?.below ?? [])];
  const [outside] = texts.flatMap((text) => unwatchedIn(text, unwatched, inputs));
  const asks = texts.map((text) => traits.answersAnew(text)).find((name) => name !== undefined);
  const code = [...texts, ''].flatMap((text) => traits.ownCalled(text));
  return { reads: Object.fromEntries([...reads, ...code]), asks: asks ?? outside ?? null };
}

/** The relations in a text, beside what comes in by these names, of which no change is noted. */
function unwatchedIn(written: string, unwatched: ReadonlySet<string>, inputs: ReadonlySet<string>): string[] {
  const { own, foreign, named } = relationsIn(written);
  const isHere = (name: string) => named.has(name) || inputs.has(name);
  return [...foreign, ...[...own].filter((name) => unwatched.has(name) && !isHere(name))];
}

const versions = new Map<string, string>();

/** A mark of what a kind does: the SQL of its own examples. */
function versionOf(kind: string, definition: StepDefinition): string {
  const known = versions.get(kind);
  if (known !== undefined) return known;
  const texts = definition.examples.flatMap(({ params, inputs }) => {
    const given = inputs.map(({ types = {}, rows }, at): StepInput => {
      const names = [...new Set([...rows.flatMap((row) => Object.keys(row)), ...Object.keys(types)])];
      const columns = names.map((name) => ({ name, type: named(types, name) ?? 'text' }));
      return { name: `input${at}`, columns, from: ident(`input${at}`) };
    });
    const outputs = [definition, ...rejectsOf(definition).values()];
    return outputs.map(({ sql }) => toText(sql(given, params as never)));
  });
  const version = hash(JSON.stringify(texts)).slice(0, 16);
  versions.set(kind, version);
  return version;
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

/** JSON with the keys of objects in order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
