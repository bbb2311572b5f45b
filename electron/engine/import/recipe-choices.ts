import { resolve } from 'node:path';
import type { RecipeChoices } from '../../../shared/contract/import.ts';
import type { Recipe } from './recipe.ts';

/** A recipe's choices by column, as a call makes them; `dir`: the workspace. */
export function choicesIn(
  { table, source, key, allText, dialect, format, columns }: Recipe,
  dir: string,
): RecipeChoices {
  return {
    source: source === undefined ? null : source.startsWith('{') ? source : resolve(dir, source),
    table: table ?? null,
    key: key ?? [],
    allText,
    dialect,
    settings: format?.settings ?? {},
    types: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
    formats: Object.fromEntries(
      columns.flatMap(({ name, format }) => (format ? [[name, format] as const] : [])),
    ),
    nulls: Object.fromEntries(columns.flatMap(({ name, nulls }) => (nulls ? [[name, nulls] as const] : []))),
    onMisfit: Object.fromEntries(
      columns.flatMap(({ name, onMisfit }) => (onMisfit ? [[name, onMisfit] as const] : [])),
    ),
  };
}
