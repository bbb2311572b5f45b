import { basename } from 'node:path';
import type { TableChecks } from '../../../shared/contract/checks.ts';
import type { Context } from '../context.ts';
import { erasePrivate } from './erase-private.ts';
import { madeOf, replacedTables } from './made-of-private.ts';
import {
  columnsOf,
  keepRemembered,
  keyOfColumn,
  type MadeColumn,
  type PlacedColumn,
  type Remembered,
  readRemembered,
  type ToldColumn,
} from './remembered-privacy.ts';
import { listRules } from './rule-files.ts';

type Place = Pick<Context, 'workspace' | 'database'>;

/**
 * The rules of every table that has some. A column of a table whose values were made of a private one is private, too,
 * whether its own file says so or not: what a pipeline writes is no less private than what it reads. So is every column
 * of a table whose file cannot be read, and what was made of private columns once by a pipeline that is gone. Findings
 * from before a column was private lose its values.
 */
export async function rulesAndPrivacy(place: Place): Promise<TableChecks[]> {
  const { known, told, sources, remembered } = await readPrivacy(place);
  if (sources.length === 0 && remembered.told.length === 0) return known;
  const traced = await reachedFrom(place, sources, remembered.made);
  await keepAndErase(place, known, { told, made: traced.made }, remembered);
  return [...withColumns(known, traced.columns)];
}

/** The same by what is remembered of the tables that pipelines made, unless a file says something new: for mere looking. */
export async function rulesAndKnownPrivacy(place: Place): Promise<TableChecks[]> {
  const { known, told, sources, remembered } = await readPrivacy(place);
  if (keysOf(told) !== keysOf(remembered.told)) return rulesAndPrivacy(place);
  const columns = grown(sources, remembered.made);
  return columns.length === 0 ? known : [...withColumns(known, columns)];
}

const keysOf = (told: readonly ToldColumn[]) =>
  JSON.stringify(told.map(({ table, column, file }) => [table, column, file]).sort());

interface Privacy {
  readonly known: TableChecks[];
  /** What files say, and those said that cannot be read now. */
  readonly told: readonly ToldColumn[];
  /** These, and all columns of tables about which nothing is known. */
  readonly sources: readonly PlacedColumn[];
  readonly remembered: Remembered;
}

async function readPrivacy({ workspace, database }: Place): Promise<Privacy> {
  const known = await listRules(workspace.path('checks'));
  const remembered = await readRemembered(database);
  const broken = known.filter(({ unreadable }) => unreadable);
  const files = new Set(broken.map(({ file }) => basename(file)));
  const said = known.flatMap(({ table, of, file, columns }) =>
    of
      ? []
      : columns
          .filter((one) => one.private)
          .map(({ name }) => ({ table, column: name, file: basename(file) })),
  );
  const held = remembered.told.filter(({ file }) => files.has(file));
  const told = distinct([...said, ...held]);
  const unknown = await columnsOf(
    database,
    broken.map(({ table }) => table),
  );
  return { known, told, sources: distinct([...told, ...unknown]), remembered };
}

function distinct<Column extends PlacedColumn>(columns: readonly Column[]): Column[] {
  return [...new Map(columns.map((one) => [keyOfColumn(one), one])).values()];
}

/** Everything that private columns were made into, by what is remembered and by what pipelines say now. */
async function reachedFrom(
  place: Place,
  sources: readonly PlacedColumn[],
  remembered: readonly MadeColumn[],
): Promise<{ readonly columns: readonly PlacedColumn[]; readonly made: readonly MadeColumn[] }> {
  const replaced = await replacedTables(place);
  const kept = remembered.filter(({ table, older }) => !older || !replaced.has(table));
  const made: MadeColumn[] = [];
  let columns = grown(sources, kept);
  for (let before = -1; columns.length > before; ) {
    before = columns.length;
    made.splice(0, made.length, ...(await madeOf(place, columns)));
    columns = grown(columns, [...kept, ...made]);
  }
  const present = new Set(columns.map(keyOfColumn));
  const all = [...kept.filter(({ from }) => present.has(keyOfColumn(from))), ...made];
  const once = new Map(all.map((one) => [`${keyOfColumn(one)} ${keyOfColumn(one.from)}`, one]));
  return { columns, made: [...once.values()] };
}

/** These columns and those that are made of them, over any number of steps. */
function grown(sources: readonly PlacedColumn[], made: readonly MadeColumn[]): readonly PlacedColumn[] {
  const found = new Map(sources.map((one) => [keyOfColumn(one), one]));
  for (let before = -1; found.size > before; ) {
    before = found.size;
    for (const { table, column, from } of made)
      if (found.has(keyOfColumn(from))) found.set(keyOfColumn({ table, column }), { table, column });
  }
  return [...found.values()];
}

async function keepAndErase(
  { database }: Place,
  known: readonly TableChecks[],
  now: Remembered,
  before: Remembered,
): Promise<void> {
  const keys = ({ told, made }: Remembered) => [
    ...told.map((one) => `${keyOfColumn(one)} ${one.file}`),
    ...made.map((one) => `${keyOfColumn(one)} ${keyOfColumn(one.from)}`),
  ];
  const [wanted, kept] = [new Set(keys(now)), new Set(keys(before))];
  const same = wanted.size === kept.size && [...wanted].every((key) => kept.has(key));
  if (same && !before.made.some(({ older }) => older)) return;
  const old = new Set([...before.told, ...before.made].map(keyOfColumn));
  const fresh = distinct<PlacedColumn>([...now.told, ...now.made]).filter(
    (one) => !old.has(keyOfColumn(one)),
  );
  await database.transaction({ title: 'Hiding private columns', priority: 'background' }, async (session) => {
    await erasePrivate(session, known, fresh);
    await keepRemembered(session, now);
  });
}

function withColumns(
  known: readonly TableChecks[],
  columns: readonly PlacedColumn[],
): readonly TableChecks[] {
  const tables = new Set([...known.map(({ table }) => table), ...columns.map(({ table }) => table)]);
  return [...tables].flatMap((table) => {
    const names = columns.filter((one) => one.table === table).map(({ column }) => column);
    const own = known.filter((one) => one.table === table);
    const none = { table, file: '', columns: [], rules: [], others: 0, problems: [] };
    return (own.length > 0 ? own : [none]).map((one) => withPrivate(one, names));
  });
}

function withPrivate(one: TableChecks, names: readonly string[]): TableChecks {
  const unnamed = names.filter((name) => one.columns.every((column) => column.name !== name));
  const columns = one.columns.map((column) =>
    names.includes(column.name) ? { ...column, private: true } : column,
  );
  return { ...one, columns: [...columns, ...unnamed.map((name) => ({ name, private: true }))] };
}
