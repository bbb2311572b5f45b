import type { Command } from 'commander';
import { type OnMisfit, onMisfit } from '../../shared/contract/files.ts';
import type { FormatChoice } from '../../shared/contract/formats.ts';
import { importModes } from '../../shared/contract/import.ts';
import { problem } from '../../shared/problem.ts';
import { type DialectOptions, dialectOf, dialectOptions } from './dialect-options.ts';

/** What can be said of an import on the command line. */
export interface ImportOptions extends DialectOptions {
  readonly table?: string;
  readonly asOne?: boolean;
  readonly recipe?: string;
  readonly mode?: string;
  readonly key?: string;
  readonly allText?: boolean;
  readonly onError: readonly string[];
  readonly null: readonly string[];
  readonly plan?: boolean;
  readonly newColumns?: boolean;
  readonly undo?: string;
  readonly type: readonly string[];
  readonly read: readonly string[];
  readonly format?: string;
  readonly sheet?: string;
  readonly range?: string;
  readonly nested?: string;
  readonly rows?: string;
  readonly set: readonly string[];
}

const gather = (value: string, all: readonly string[]) => [...all, value];

/** Adds the options of an import to its command. */
export const importOptions = (command: Command): Command =>
  formatOptions(dialectOptions(command))
    .option('--table <name>', "the table's name; default: made from the file's")
    .option('--as-one', 'all files into one table; the column _file says where each row is from')
    .option('--recipe <file>', 'play the choices of a recipe in imports/ again')
    .option('--mode <mode>', `what to do with a table that is there: ${importModes.slice(1).join(', ')}`)
    .option('--key <columns>', 'the columns that tell rows apart, by commas: for --mode merge and --plan')
    .option(
      '--on-error <column=what>',
      'cells that do not fit: null, widen (the column to text) or reject (the row, the default); may be repeated',
      gather,
      [],
    )
    .option(
      '--null <column=marker>',
      'what stands for no value: age=999; age= where words such as NA do not; may be repeated, for one column too',
      gather,
      [],
    )
    .option('--new-columns', 'with append and merge: add columns that only the file has to the table')
    .option('--plan', 'say what would change in the table, and change nothing')
    .option('--undo <table>', 'take the last import of a table back')
    .option('--all-text', 'every cell exactly as written, as text')
    .option(
      '--type <column=type>',
      'a type instead of the one found: e=vector(384); may be repeated',
      gather,
      [],
    )
    .option(
      '--read <column=format>',
      'how values are written that can be read in two ways: day=%m/%d/%Y, sum=, for a decimal comma; may be repeated',
      gather,
      [],
    );

/** What is read of a workbook or of JSON. */
const formatOptions = (command: Command): Command =>
  command
    .option('--format <kind>', 'instead of the one found: delimited, json, excel, parquet, arrow')
    .option('--sheet <name>', 'of a workbook; default: the first')
    .option('--range <cells>', 'of a sheet: B3:F100, or B3 for all from there on')
    .option(
      '--nested <how>',
      'objects inside JSON objects: flatten (a column for each member, the default) or keep',
    )
    .option('--rows <path>', 'the list inside a JSON object whose elements are the rows: data.items')
    .option(
      '--set <name=value>',
      'another setting of the format: errors=null, merged=fill; may be repeated',
      gather,
      [],
    );

/** How a file is read, as far as it was said. */
export const choicesOf = (options: ImportOptions) => ({
  types: pairs('--type', options.type),
  formats: pairs('--read', options.read),
  onMisfit: misfitsOf(options.onError),
  nulls: nullsOf(options.null),
  dialect: dialectOf(options),
  format: formatOf(options),
});

/** What becomes of cells that do not fit, by column. */
function misfitsOf(written: readonly string[]): Record<string, OnMisfit> {
  return Object.fromEntries(
    Object.entries(pairs('--on-error', written)).map(([column, what]) => {
      const known = onMisfit.safeParse(what);
      if (known.success) return [column, known.data];
      throw problem('bad_input', `--on-error ${column}=${what} is not understood.`, {
        hint: 'Write COLUMN=null, COLUMN=widen or COLUMN=reject.',
      });
    }),
  );
}

/** What stands for no value, by column. */
function nullsOf(written: readonly string[]): Record<string, string[]> {
  const nulls = new Map<string, string[]>();
  for (const pair of written) {
    const off = /^(.+)=$/.exec(pair)?.[1];
    const named = off === undefined ? Object.entries(pairs('--null', [pair])) : [[off, ''] as const];
    for (const [column, marker] of named) nulls.set(column, [...(nulls.get(column) ?? []), marker]);
  }
  return Object.fromEntries(nulls);
}

function formatOf({ format, sheet, range, nested, rows, header, set }: ImportOptions): FormatChoice {
  if (nested !== undefined && !['flatten', 'keep'].includes(nested)) {
    throw problem('bad_input', `--nested ${nested} is not known.`, { hint: 'Use flatten or keep.' });
  }
  const settings = {
    ...pairs('--set', set),
    ...(sheet === undefined ? {} : { sheet }),
    ...(range === undefined ? {} : { range }),
    ...(nested === undefined ? {} : { nested }),
    ...(rows === undefined ? {} : { rows }),
    ...(header ? {} : { header }),
  };
  return {
    ...(format === undefined ? {} : { kind: format }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
  };
}

function pairs(option: string, written: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    written.map((pair) => {
      const at = pair.lastIndexOf('=');
      if (at > 0 && at < pair.length - 1) return [pair.slice(0, at), pair.slice(at + 1)];
      throw problem('bad_input', `${option} ${pair} has no name or no value.`, {
        hint: `Write it as name=value, for example ${option} ${option === '--type' ? "'e=vector(384)'" : option === '--read' ? 'day=%m/%d/%Y' : 'errors=null'}.`,
      });
    }),
  );
}
