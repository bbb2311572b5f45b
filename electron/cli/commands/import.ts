import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ImportedTable, importModes } from '../../../shared/contract/import.ts';
import { type Problem, problem, toProblem } from '../../../shared/problem.ts';
import { type CommandCall, defineCommand } from '../define-command.ts';
import { choicesOf, type ImportOptions, importOptions } from '../import-options.ts';
import { textTable } from '../output.ts';

export default defineCommand<ImportOptions>({
  usage: 'import <files...>',
  summary:
    'loads files, folders, archives and patterns into tables, a table each; rows that do not fit are kept as rejects',
  json: `{ tables: [{ table, source, account: { physical, loaded, rejected, skipped }, format: { kind, settings },
    dialect: { encoding, delimiter, quote, escape, header, skipLines, confidence }, columns: [{ name, originalName, type, reason }], recipe, ms }],
    failures: [Problem] }
  physical = loaded + rejected + skipped. dialect is null where the file is not delimited text.
  Exit code 2 where a file failed; the others are imported.`,
  order: 1,
  configure: importOptions,
  async run(call) {
    const tables: ImportedTable[] = [];
    const failures: Problem[] = [];
    refuseBadOptions(call.options);
    const choices = choicesOf(call.options);
    const paths = await pathsOf(call, failures);
    refuseOneName(paths, call.options);
    for (const path of paths) {
      try {
        tables.push(await load(call, path, choices));
      } catch (thrown) {
        if (call.long.signal?.aborted) throw thrown;
        failures.push(failureOf(thrown, path));
      }
    }
    const exit = failures.length > 0 ? 2 : 0;
    return { json: { tables, failures }, text: words(tables, failures), exit };
  },
});

const failureOf = (thrown: unknown, path: string): Problem => ({
  ...toProblem(thrown),
  at: { file: path, ...toProblem(thrown).at },
});

/** What is loaded, a table each: files of folders, archives and patterns one by one, or all of them as one. */
async function pathsOf(
  { args, options, engine }: CommandCall<ImportOptions>,
  failures: Problem[],
): Promise<string[]> {
  const { files } = await engine();
  const given = args.map((arg) => resolve(arg));
  if (options.asOne) return [(await files.expand({ paths: given })).asOne];
  const paths: string[] = [];
  for (const path of given) {
    try {
      const found = await files.expand({ paths: [path] });
      if (found.files.length === 0)
        throw problem('not_found', `No file that can be imported is named by ${path}.`);
      paths.push(...found.files);
    } catch (thrown) {
      failures.push(failureOf(thrown, path));
    }
  }
  return paths;
}

function refuseOneName(files: readonly string[], { table }: ImportOptions) {
  if (!table || files.length < 2) return;
  throw problem('bad_input', `--table names one table, but ${files.length} files are given.`, {
    hint: 'Add --as-one to put them all into it, or leave --table out to make a table of each.',
  });
}

function refuseBadOptions({ mode, key }: ImportOptions) {
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

async function load(
  { options, engine, long, dir }: CommandCall<ImportOptions>,
  path: string,
  choices: ReturnType<typeof choicesOf>,
) {
  const { table, recipe, mode = 'create', key, allText } = options;
  const { import: room } = await engine();
  return room.load(
    {
      path,
      ...(table === undefined ? {} : { table }),
      mode: mode as (typeof importModes)[number],
      ...(key === undefined ? {} : { key: key.split(',').map((name) => name.trim()) }),
      ...(recipe === undefined ? {} : { recipe: recipePath(dir, recipe) }),
      ...(allText === undefined ? {} : { allText }),
      ...choices,
    },
    long,
  );
}

/** A recipe is named from here, or from the workspace. */
const recipePath = (dir: string, recipe: string) =>
  existsSync(recipe) ? resolve(recipe) : resolve(dir, recipe);

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
