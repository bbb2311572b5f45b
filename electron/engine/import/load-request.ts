import type { z } from 'zod';
import type { FileColumn } from '../../../shared/contract/files.ts';
import type { FormatChoice } from '../../../shared/contract/formats.ts';
import type { importing } from '../../../shared/contract/import.ts';
import { problem } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import type { Duck } from '../files/duck/duck.ts';
import type { Request } from '../files/examine.ts';
import type { Source } from '../files/source/source.ts';
import { typesWritten } from '../files/types/told-formats.ts';
import { namesByRecipe, type Recipe } from './recipe.ts';
import type { Target } from './target.ts';

/** What `import.load` is asked for. */
export type LoadRequest = z.output<typeof importing.load.arg>;

/** An import on its way. */
export interface Load {
  /** The columns that tell rows apart; none where nobody said. */
  readonly key: readonly string[];
  readonly context: Context;
  readonly asked: LoadRequest;
  readonly call: CallContext;
  readonly source: Source;
  readonly target: Target;
  readonly duck: Duck;
  readonly scratch: string;
  readonly request: Request;
  /** Where the recipe is written to. */
  readonly kept: string;
  readonly began: number;
}

/** True where rows join those of a table that is there. */
export const isAdding = ({ mode }: LoadRequest, { exists }: Target) =>
  exists && (mode === 'append' || mode === 'merge');

/** The key of a merge; a merge without one is refused. */
export function keyOf(asked: LoadRequest, recipe: Recipe | undefined): readonly string[] {
  const key = asked.key ?? recipe?.key ?? [];
  if (asked.mode !== 'merge' || key.length > 0) return key;
  throw problem('bad_input', 'To merge, a key is needed: the columns that tell rows apart.');
}

/** What the call asks for goes before what the recipe says; a table that is added to keeps its types. */
export function requestOf(
  asked: LoadRequest,
  recipe: Recipe | undefined,
  target: Target,
  before: Readonly<Record<string, string>>,
  lenient: boolean,
): Request {
  const adding = isAdding(asked, target);
  const { formats: told = {} } = asked;
  const typed = recipe?.columns.map(({ name, type }) => [name, type]) ?? [];
  const formats = recipe?.columns.flatMap(({ name, format }) => (format ? [[name, format]] : [])) ?? [];
  const misfits = recipe?.columns.flatMap(({ name, onMisfit }) => (onMisfit ? [[name, onMisfit]] : [])) ?? [];
  const existing = adding ? target.columns.map(({ name, type }) => [name, type]) : [];
  return {
    dialect: { ...recipe?.dialect, ...asked.dialect },
    format: formatOf(asked, recipe),
    choices: {
      types: {
        ...Object.fromEntries(typed),
        ...typesWritten(told),
        ...asked.types,
        ...Object.fromEntries(existing),
      },
      reasons: {
        ...Object.fromEntries(typed.map(([name]) => [name, 'as the recipe says'])),
        ...Object.fromEntries(Object.keys({ ...told, ...asked.types }).map((name) => [name, 'you chose it'])),
        ...Object.fromEntries(existing.map(([name]) => [name, 'as the table has it'])),
      },
      formats: { ...Object.fromEntries(formats), ...told },
      before,
      onMisfit: { ...Object.fromEntries(misfits), ...asked.onMisfit },
      nulls: { ...nullsIn(recipe), ...asked.nulls },
      allText: asked.allText ?? recipe?.allText ?? false,
      ...(recipe
        ? { names: (originals: readonly string[]) => namesByRecipe(recipe, originals, lenient) }
        : {}),
    },
  };
}

/** What a recipe reads as no value. */
const nullsIn = (recipe: Recipe | undefined) =>
  Object.fromEntries(recipe?.columns.flatMap(({ name, nulls }) => (nulls ? [[name, nulls]] : [])) ?? []);

/** Settings belong to a format: those of a recipe hold only where no other format is asked for. */
function formatOf({ format }: LoadRequest, recipe: Recipe | undefined): FormatChoice | undefined {
  const kept = recipe?.format;
  if (!kept || (format?.kind !== undefined && format.kind !== kept.kind)) return format;
  return { kind: kept.kind, settings: { ...kept.settings, ...format?.settings } };
}

/** Refuses types for columns that are not there. */
export function refuseUnknownTypes(
  { types, formats, onMisfit, nulls }: LoadRequest,
  columns: readonly FileColumn[],
): void {
  const named = Object.keys({ ...types, ...formats, ...onMisfit, ...nulls });
  const unknown = named.find((name) => !columns.some((column) => column.name === name));
  if (unknown === undefined) return;
  throw problem('not_found', `Something was chosen for the column "${unknown}", which the file lacks.`, {
    hint: `Its columns: ${columns.map(({ name }) => name).join(', ')}.`,
    at: { column: unknown },
  });
}
