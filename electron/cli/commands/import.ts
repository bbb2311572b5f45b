import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DialectOverride } from '../../../shared/contract/files.ts';
import { type ImportedTable, importModes } from '../../../shared/contract/import.ts';
import { type Problem, problem, toProblem } from '../../../shared/problem.ts';
import { type CommandCall, defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';

interface Options {
  readonly table?: string;
  readonly asOne?: boolean;
  readonly recipe?: string;
  readonly mode?: string;
  readonly key?: string;
  readonly allText?: boolean;
  readonly delimiter?: string;
  readonly quote?: string;
  readonly encoding?: string;
  readonly header: boolean;
  readonly skipLines?: string;
}

export default defineCommand<Options>({
  usage: 'import <files...>',
  summary: 'loads delimited files into tables, a table each; rows that do not fit are kept as rejects',
  json: `{ tables: [{ table, source, account: { physical, loaded, rejected, skipped }, dialect: { encoding, delimiter, quote,
    escape, header, skipLines, confidence }, columns: [{ name, originalName, type, reason }], recipe, ms }],
    failures: [Problem] }
  physical = loaded + rejected + skipped. Exit code 2 where a file failed; the others are imported.`,
  order: 1,
  configure: (command) =>
    command
      .option('--table <name>', "the table's name; default: made from the file's")
      .option('--as-one', 'all files into one table')
      .option('--recipe <file>', 'play the choices of a recipe in imports/ again')
      .option('--mode <mode>', `what to do with a table that is there: ${importModes.slice(1).join(', ')}`)
      .option('--key <columns>', 'for --mode merge: the columns that tell rows apart, by commas')
      .option('--all-text', 'every cell exactly as written, as text')
      .option('--delimiter <characters>', 'instead of the one found; \\t for a tab')
      .option('--quote <character>', 'instead of the one found; empty for none')
      .option('--encoding <name>', 'instead of the one found: utf-8, utf-16le, latin-1 …')
      .option('--skip-lines <count>', 'lines before the header or the first row')
      .option('--no-header', 'the first line is a row'),
  async run(call) {
    const { args, options } = call;
    refuseBadOptions(args, options);
    const tables: ImportedTable[] = [];
    const failures: Problem[] = [];
    for (const path of args) {
      try {
        tables.push(await load(call, path, tables[0]?.table));
      } catch (thrown) {
        if (call.long.signal?.aborted) throw thrown;
        failures.push({ ...toProblem(thrown), at: { file: resolve(path), ...toProblem(thrown).at } });
      }
    }
    const exit = failures.length > 0 ? 2 : 0;
    return { json: { tables, failures }, text: words(tables, failures), exit };
  },
});

function refuseBadOptions(files: readonly string[], { table, asOne, mode, key }: Options) {
  if (table && files.length > 1 && !asOne) {
    throw problem('bad_input', `--table names one table, but ${files.length} files are given.`, {
      hint: 'Add --as-one to put them all into it, or leave --table out to make a table of each.',
    });
  }
  if (mode && !importModes.some((known) => known === mode)) {
    throw problem('bad_input', `--mode ${mode} is not known.`, {
      hint: `Use one of ${importModes.join(', ')}.`,
    });
  }
  if ((mode === 'merge') === (key !== undefined)) return;
  throw problem(
    'bad_input',
    mode === 'merge' ? '--mode merge needs --key.' : '--key is for --mode merge only.',
    {
      hint: 'For example: --mode merge --key id',
    },
  );
}

/** Loads one file; after the first, files of one table are added to it. */
async function load(
  { options, engine, long, dir }: CommandCall<Options>,
  path: string,
  first: string | undefined,
) {
  const { asOne, recipe, mode = 'create', key, allText } = options;
  const adding = asOne && first !== undefined && mode !== 'merge';
  const table = adding ? first : options.table;
  const dialect = dialectOf(options);
  const { import: room } = await engine();
  return room.load(
    {
      path: resolve(path),
      ...(table === undefined ? {} : { table }),
      mode: (adding ? 'append' : mode) as (typeof importModes)[number],
      ...(key === undefined ? {} : { key: key.split(',').map((name) => name.trim()) }),
      ...(recipe === undefined ? {} : { recipe: recipePath(dir, recipe) }),
      ...(allText === undefined ? {} : { allText }),
      dialect,
    },
    long,
  );
}

/** A recipe is named from here, or from the workspace. */
const recipePath = (dir: string, recipe: string) =>
  existsSync(recipe) ? resolve(recipe) : resolve(dir, recipe);

function dialectOf({ delimiter, quote, encoding, header, skipLines }: Options): DialectOverride {
  return {
    ...(delimiter === undefined ? {} : { delimiter: delimiter === '\\t' ? '\t' : delimiter }),
    ...(quote === undefined ? {} : { quote }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(skipLines === undefined ? {} : { skipLines: Number(skipLines) }),
    ...(header ? {} : { header }),
  };
}

function words(tables: readonly ImportedTable[], failures: readonly Problem[]): string {
  const count = (value: number) => value.toLocaleString('en-US');
  const head = ['table', 'records', '= rows', '+ rejected', '+ skipped', 'columns', 'from'];
  const rows = tables.map(({ table, account, columns, source }) => [
    table,
    ...[account.physical, account.loaded, account.rejected, account.skipped, columns.length].map(count),
    source,
  ]);
  const failed = failures.map(({ message, hint }) => `failed: ${message}${hint ? ` ${hint}` : ''}\n`);
  return (rows.length > 0 ? textTable(head, rows) : '') + failed.join('');
}
