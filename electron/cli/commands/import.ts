import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Account } from '../../../shared/contract/files.ts';
import { type ImportedColumn, type ImportedTable, importModes } from '../../../shared/contract/import.ts';
import { count } from '../../../shared/number-words.ts';
import { type Problem, problem, toProblem } from '../../../shared/problem.ts';
import { skippedWords } from '../../../shared/skipped-words.ts';
import { type CommandCall, defineCommand, type Outcome } from '../define-command.ts';
import { importNotes } from '../import-notes.ts';
import { choicesOf, type ImportOptions, importOptions } from '../import-options.ts';
import { exitOf, textTable } from '../output.ts';
import { planWords } from '../plan-words.ts';

export default defineCommand<ImportOptions>({
  usage: 'import [files...]',
  summary:
    'loads files, folders, archives and patterns into tables, a table each; rows that do not fit are kept as rejects',
  json: `{ tables: [{ table, source, account: { physical, loaded, rejected, skipped }, format: { kind, settings },
    dialect: { encoding, delimiter, quote, escape, header, skipLines, confidence }, columns: [{ name, originalName, type, reason }], notes, recipe, ms }],
    failures: [Problem] }
  physical = loaded + rejected + skipped. dialect is null where the file is not delimited text.
  A file that failed does not stop the others; the exit code is then 2, or 3 where the file was not to blame. A column may have onMisfit, and nulled: cells that became null;
  readAsNull and nullMarkers: [{ marker, cells }], what was read as no value (with rows: [[from, to]], counted among the loaded ones) and what
  may be; proposed: both as [{ marker, cells, applied }]; readings: what it may be read as; zerosLost: cells such as 0007 in a given type. notes say what is open, and the option for it.
  leftOut: [{ kind, records, texts }], records that were taken for no rows.
  With --recipe and no file, the recipe's source is imported.
  With --plan: { plans: [{ table, exists, source, hash, sameContent, account, changes, columns: { added, removed, retyped },
    rows: { by, new, changed, removed, unchanged, columns, examples }, keyRefused }], failures }
  With --undo: { table, exists, source, says }`,
  order: 1,
  configure: importOptions,
  async run(call) {
    const { args, options, long } = call;
    refuseBadOptions(args, options);
    const choices = choicesOf(options);
    if (options.undo !== undefined) return undo(call, options.undo);
    const { import: room } = await call.engine();
    if (options.plan) {
      const { done, failures, exit } = await eachFile(call, (path) =>
        room.plan(argOf(call, path, choices), long),
      );
      const text = done.map(planWords).join('') + failureWords(failures);
      return { json: { plans: done, failures }, text, exit };
    }
    const { done, failures, exit } = await eachFile(call, (path) =>
      room.load(argOf(call, path, choices), long),
    );
    const tables = done.map((table) => ({
      ...table,
      columns: table.columns.map(withProposed),
      notes: importNotes(table),
    }));
    return { json: { tables, failures }, text: words(done) + failureWords(failures), exit };
  },
});

/** A column with all that may stand for no value in it, and whether it was read so. */
function withProposed(column: ImportedColumn) {
  const proposed = [
    ...(column.readAsNull ?? []).map(({ marker, cells }) => ({ marker, cells, applied: true })),
    ...(column.nullMarkers ?? []).map(({ marker, cells }) => ({ marker, cells, applied: false })),
  ];
  return proposed.length > 0 ? { ...column, proposed } : column;
}

async function undo({ engine, long }: CommandCall<ImportOptions>, table: string): Promise<Outcome> {
  const undone = await (await engine()).import.undo({ table }, long);
  return { json: undone, text: `${table}: the import of ${undone.source} is undone. ${undone.says}\n` };
}

/** One file after the other; one that fails does not stop the others. */
async function eachFile<Done>(call: CommandCall<ImportOptions>, work: (path: string) => Promise<Done>) {
  const done: Done[] = [];
  const failures: Problem[] = [];
  const paths = await pathsOf(call, failures);
  refuseOneName(paths, call.options);
  for (const path of paths) {
    try {
      done.push(await work(path));
    } catch (thrown) {
      if (call.long.signal?.aborted) throw thrown;
      failures.push(failureOf(thrown, path));
    }
  }
  return { done, failures, exit: Math.max(0, ...failures.map(exitOf)) };
}

const failureOf = (thrown: unknown, path: string): Problem => ({
  ...toProblem(thrown),
  at: { file: path, ...toProblem(thrown).at },
});

/** What is loaded, a table each: files of folders, archives and patterns one by one, or all of them as one. */
async function pathsOf(
  { args, options, engine, dir }: CommandCall<ImportOptions>,
  failures: Problem[],
): Promise<string[]> {
  const { files, import: room } = await engine();
  if (args.length === 0 && options.recipe !== undefined) {
    const { source } = await room.recipe({ recipe: recipePath(dir, options.recipe) });
    if (source !== null) return [source];
    throw problem('bad_input', `The recipe ${options.recipe} names no source.`, {
      hint: 'Name the file to import as well.',
    });
  }
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

function refuseBadOptions(args: readonly string[], { mode, key, plan, undo: undone, recipe }: ImportOptions) {
  const named = args.length > 0 || (undone === undefined && recipe !== undefined);
  if ((undone === undefined) !== named) {
    const message =
      undone === undefined ? 'No file to import was named.' : '--undo takes a table, and no files.';
    throw problem('bad_input', message, {
      hint: 'For example: assay import orders.csv, or assay import --undo orders',
    });
  }
  if (mode && !importModes.some((known) => known === mode)) {
    throw problem('bad_input', `--mode ${mode} is not known.`, {
      hint: `Use one of ${importModes.join(', ')}.`,
    });
  }
  if (plan || (mode === 'merge' && recipe) || (mode === 'merge') === (key !== undefined)) return;
  throw problem(
    'bad_input',
    mode === 'merge' ? '--mode merge needs --key.' : '--key is for --mode merge and --plan only.',
    {
      hint: 'For example: --mode merge --key id',
    },
  );
}

/** What is asked of the engine for one file. */
function argOf(
  { options, dir }: CommandCall<ImportOptions>,
  path: string,
  choices: ReturnType<typeof choicesOf>,
) {
  const { table, recipe, mode = 'create', key, allText, newColumns } = options;
  return {
    path,
    ...(table === undefined ? {} : { table }),
    mode: mode as (typeof importModes)[number],
    ...(key === undefined ? {} : { key: key.split(',').map((name) => name.trim()) }),
    ...(recipe === undefined ? {} : { recipe: recipePath(dir, recipe) }),
    ...(allText === undefined ? {} : { allText }),
    ...(newColumns === undefined ? {} : { newColumns }),
    ...choices,
  };
}

/** A recipe is named by its path from here or from the workspace, or as it is called in imports/. */
function recipePath(dir: string, recipe: string): string {
  const kept = join(dir, 'imports');
  const places = [resolve(recipe), resolve(dir, recipe), join(kept, recipe), join(kept, `${recipe}.yaml`)];
  const found = places.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
  if (found) return found;
  const names = existsSync(kept) ? readdirSync(kept).filter((name) => name.endsWith('.yaml')) : [];
  const shown = names.slice(0, 10).map((name) => name.slice(0, -'.yaml'.length));
  throw problem('not_found', `There is no recipe ${recipe}.`, {
    hint:
      names.length === 0
        ? 'The workspace has none yet: each import writes one into imports/.'
        : `The workspace has ${shown.join(', ')}${names.length > shown.length ? ' …' : ''}; or name the path of a file.`,
  });
}

function words(tables: readonly ImportedTable[]): string {
  const head = ['table', 'records', '= rows', '+ rejected', '+ skipped', 'columns', 'from'];
  const rows = tables.map(({ table, account, columns, source }) => [
    table,
    ...[account.physical, account.loaded, account.rejected].map(count),
    [count(account.skipped), ...kindsOf(account)].join(' '),
    count(columns.length),
    source,
  ]);
  const notes = tables.flatMap((table) => importNotes(table).map((note) => `${table.table}: ${note}\n`));
  return rows.length > 0 ? textTable(head, rows) + notes.join('') : '';
}

const kindsOf = ({ skipped, skippedBy }: Account) =>
  skipped > 0 ? [`(${skippedWords(skippedBy).join(', ')})`] : [];

const failureWords = (failures: readonly Problem[]): string =>
  failures.map(({ message, hint }) => `failed: ${message}${hint ? ` ${hint}` : ''}\n`).join('');
