import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Document } from 'yaml';
import { z } from 'zod';
import {
  type Dialect,
  type DialectOverride,
  dialectOverride,
  type OnMisfit,
  onMisfit,
} from '../../../shared/contract/files.ts';
import { settingValue } from '../../../shared/contract/formats.ts';
import type { ImportedColumn, ImportedFormat } from '../../../shared/contract/import.ts';
import { problem } from '../../../shared/problem.ts';
import { describe } from '../../../shared/wire.ts';
import { columnNames } from '../files/types/name-columns.ts';
import { readYaml, refuseNewerFormat } from '../workspace/settings.ts';
import { writeWhole } from '../workspace/write-whole.ts';

const formatVersion = 1;

const recipeFile = z.looseObject({
  version: z.number().int(),
  table: z.string().optional(),
  source: z.string().optional(),
  key: z.array(z.string()).optional(),
  allText: z.boolean().default(false),
  format: z
    .looseObject({ kind: z.string(), settings: z.record(z.string(), settingValue).default({}) })
    .optional(),
  dialect: dialectOverride.default({}),
  columns: z
    .array(
      z.looseObject({
        name: z.string().min(1),
        originalName: z.string().optional(),
        type: z.string().min(1),
        format: z.string().optional(),
        onMisfit: onMisfit.optional(),
        nulls: z.array(z.string()).optional(),
      }),
    )
    .default([]),
});

/** All choices of an import, as text. */
export interface Recipe {
  readonly table?: string | undefined;
  /** As it is given, from the workspace. */
  readonly source?: string | undefined;
  /** The columns that tell rows apart. */
  readonly key?: readonly string[] | undefined;
  readonly allText: boolean;
  readonly format?: ImportedFormat | undefined;
  readonly dialect: DialectOverride;
  readonly columns: readonly {
    readonly name: string;
    readonly originalName?: string | undefined;
    readonly type: string;
    readonly format?: string | undefined;
    readonly onMisfit?: OnMisfit | undefined;
    readonly nulls?: readonly string[] | undefined;
  }[];
}

/** Reads a recipe; a broken or newer one is refused. */
export async function readRecipe(file: string): Promise<Recipe> {
  if (!existsSync(file)) {
    throw problem('not_found', `There is no recipe ${file}.`, {
      hint: 'Recipes lie in imports/.',
      at: { file },
    });
  }
  const plain: unknown = (await readYaml(file)).toJS();
  refuseNewerFormat(file, (plain as { version?: unknown } | null)?.version, formatVersion);
  const parsed = recipeFile.safeParse(plain);
  if (parsed.success) return parsed.data;
  throw problem('bad_input', `${basename(file)} is not a recipe: ${describe(parsed.error)}`, {
    at: { file },
  });
}

/** The names a recipe gives to a file's columns; a column that the file lacks is refused, unless that was seen before. */
export function namesByRecipe(recipe: Recipe, originals: readonly string[], lenient = false): string[] {
  const left = [...recipe.columns];
  const names = columnNames(originals).map((name, at) => {
    const place = left.findIndex((column) => (column.originalName ?? column.name) === originals[at]);
    const [column] = place < 0 ? [] : left.splice(place, 1);
    return column?.name ?? name;
  });
  const [missing] = left;
  if (!missing || lenient) return names;
  throw problem(
    'bad_input',
    `The recipe names the column "${missing.originalName ?? missing.name}", which the file lacks.`,
    {
      hint: `The file has: ${originals.join(', ')}.`,
      at: { column: missing.name },
    },
  );
}

/** What is written of an import that was made. */
export interface RecipeToWrite {
  readonly table: string;
  readonly source: string;
  readonly key: readonly string[];
  readonly allText: boolean;
  readonly format: ImportedFormat;
  readonly dialect: Dialect | null;
  readonly columns: readonly ImportedColumn[];
}

/** Refuses to go on where a file stands in the recipe's place that would be lost by writing it. */
export async function refuseUnwritable(file: string): Promise<void> {
  await documentOf(file);
}

/** The recipe's document as it stands, to be changed; an empty one where there is no file. */
async function documentOf(file: string): Promise<Document> {
  const document = await readYaml(file).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return new Document({});
    throw thrown;
  });
  const plain: unknown = document.toJS();
  refuseNewerFormat(file, (plain as { version?: unknown } | null)?.version, formatVersion);
  if (plain === null || (typeof plain === 'object' && !Array.isArray(plain))) return document;
  throw problem('bad_input', `${basename(file)} is not a recipe: it is no list of keys and values.`, {
    hint: 'Mend the file in a text editor, or remove it.',
    at: { file },
  });
}

/** Writes a recipe; keys and comments that are not ours stay. Gives what the file was before, and what it is now. */
export async function writeRecipe(
  file: string,
  recipe: RecipeToWrite,
): Promise<{ readonly before: string | null; readonly after: string }> {
  const { table, source, key, allText, format, dialect, columns } = recipe;
  const document = await documentOf(file);
  const before = existsSync(file) ? await readFile(file, 'utf8') : null;
  const former = formerColumns(document.toJS());
  const keys = {
    version: formatVersion,
    table,
    source,
    ...(key.length > 0 ? { key } : {}),
    allText,
    ...(dialect ? { dialect: dialectKeys(dialect) } : { format }),
    columns: columns.map((column) => ({ ...columnKeys(column), ...former.get(column.name) })),
  };
  document.delete(dialect ? 'format' : 'dialect');
  for (const [name, value] of Object.entries(keys)) document.set(name, document.createNode(value));
  const after = document.toString();
  await writeWhole(file, after);
  return { before, after };
}

const columnKeys = ({
  name,
  originalName,
  type,
  format,
  nulls,
  readAsNull,
  onMisfit: misfits,
}: ImportedColumn) => ({
  name,
  originalName,
  type,
  ...(format ? { format } : {}),
  ...(nulls ? { nulls } : {}),
  ...(readAsNull ? { readAsNull: readAsNull.map(({ marker }) => marker) } : {}),
  ...(misfits ? { onMisfit: misfits } : {}),
});

const ours = ['name', 'originalName', 'type', 'format', 'onMisfit', 'nulls', 'readAsNull'];

/** What others wrote beside our keys, by column. */
function formerColumns(plain: unknown): Map<unknown, object> {
  const { columns } = (plain ?? {}) as { columns?: unknown };
  const listed = Array.isArray(columns)
    ? columns.filter((column) => typeof column === 'object' && column)
    : [];
  return new Map(
    listed.map((column: Record<string, unknown>) => [
      column['name'],
      Object.fromEntries(Object.entries(column).filter(([key]) => !ours.includes(key))),
    ]),
  );
}

const usual: Partial<Dialect> = { headerLines: 1, comment: '', footerLines: 0, decimal: '.' };

function dialectKeys(dialect: Dialect) {
  const order = ['encoding', 'delimiter', 'quote', 'escape', 'header', 'skipLines'] as const;
  const finer = (
    [
      'headerLines',
      'comment',
      'footerLines',
      'decimal',
      'padded',
      'keepRepeats',
      'spelling',
      'starts',
    ] as const
  ).filter((key) => dialect[key] !== undefined && dialect[key] !== usual[key]);
  return Object.fromEntries([...order, ...finer].map((key) => [key, dialect[key]]));
}
