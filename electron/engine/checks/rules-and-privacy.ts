import { relative } from 'node:path';
import type { TableChecks } from '../../../shared/contract/checks.ts';
import type { Context } from '../context.ts';
import { erasePrivate } from './erase-private.ts';
import { madeOf, replacedTables } from './made-of-private.ts';
import {
  addMade,
  columnsOf,
  dropMade,
  keepTold,
  keyOfColumn,
  keyOfMade,
  type MadeColumn,
  type PlacedColumn,
  type Remembered,
  readRemembered,
  type ToldColumn,
  tablesThere,
} from './remembered-privacy.ts';
import { listRules } from './rule-files.ts';
import { underNewNames } from './under-new-names.ts';

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
  const made = await reachedFrom(place, sources, remembered.made);
  await keepAndErase(place, { known, told, made }, remembered);
  return [...withColumns(known, grown(sources, made.all))];
}

/** The same by what is remembered of the tables that pipelines made, unless a file says something new: for mere looking. */
export async function rulesAndKnownPrivacy(place: Place): Promise<TableChecks[]> {
  const { known, told, sources, remembered } = await readPrivacy(place);
  if (keysOf(told) !== keysOf(remembered.told)) return rulesAndPrivacy(place);
  const columns = grown(sources, remembered.made);
  return columns.length === 0 ? known : [...withColumns(known, columns)];
}

/** Columns of other tables that pipelines make, or made once, of the values of these. */
export async function madeOfColumns(
  place: Place,
  columns: readonly PlacedColumn[],
): Promise<readonly PlacedColumn[]> {
  if (columns.length === 0) return [];
  const { all } = await reachedFrom(place, columns, (await readRemembered(place.database)).made);
  const given = new Set(columns.map(keyOfColumn));
  return grown(columns, all).filter((one) => !given.has(keyOfColumn(one)));
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
  const dir = workspace.path('checks');
  const remembered = await readRemembered(database);
  const listed = await listRules(dir);
  const renamed = await underNewNames(database, listed, { dir, told: remembered.told });
  const known = [...listed, ...renamed.map(({ now }) => now)];
  const broken = known.filter(({ unreadable }) => unreadable);
  const files = new Set(broken.map(({ file }) => relative(dir, file)));
  const held = remembered.told.filter(({ file }) => files.has(file));
  const said = saidIn(known, dir);
  // Another table that has an old name now is as private as the file says while it is called so, and no longer.
  const old = new Set(renamed.map(({ was }) => was));
  const lasting = saidIn(
    known.filter((one) => !old.has(one)),
    dir,
  );
  const unknown = await columnsOf(
    database,
    broken.map(({ table }) => table),
  );
  const told = distinctTold([...lasting, ...held]);
  const sources = distinct<PlacedColumn>([...said, ...held, ...unknown]);
  return { known, told, sources, remembered };
}

/** Which columns these call private. */
const saidIn = (known: readonly TableChecks[], dir: string): readonly ToldColumn[] =>
  known
    .filter(({ of }) => !of)
    .flatMap(({ table, file, columns }) =>
      columns
        .filter((one) => one.private)
        .map(({ name }) => ({ table, column: name, file: relative(dir, file) })),
    );

const distinctTold = (told: readonly ToldColumn[]): readonly ToldColumn[] => [
  ...new Map(told.map((one) => [JSON.stringify([one.table, one.column, one.file]), one])).values(),
];

function distinct<Column extends PlacedColumn>(columns: readonly Column[]): Column[] {
  return [...new Map(columns.map((one) => [keyOfColumn(one), one])).values()];
}

/** What columns are made of: by what pipelines say now, by what is remembered, and what of that is no longer so. */
interface Made {
  readonly now: readonly MadeColumn[];
  readonly past: readonly MadeColumn[];
  readonly all: readonly MadeColumn[];
}

async function reachedFrom(
  place: Place,
  sources: readonly PlacedColumn[],
  remembered: readonly MadeColumn[],
): Promise<Made> {
  const replaced = await replacedTables(place);
  const kept = remembered.filter(({ table, older }) => !older || !replaced.has(table));
  let now: readonly MadeColumn[] = [];
  let columns = grown(sources, kept);
  for (let before = -1; columns.length > before; ) {
    before = columns.length;
    now = await madeOf(place, columns);
    columns = grown(columns, [...kept, ...now]);
  }
  const there = await tablesThere(
    place.database,
    now.map(({ table }) => table),
  );
  const affirmed = new Set(now.map(keyOfMade));
  const past = remembered.filter((one) => !kept.includes(one) && !affirmed.has(keyOfMade(one)));
  return { now: now.filter(({ table }) => there.has(table)), past, all: [...kept, ...now] };
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
  {
    known,
    told,
    made,
  }: { readonly known: readonly TableChecks[]; readonly told: readonly ToldColumn[]; readonly made: Made },
  before: Remembered,
): Promise<void> {
  const kept = new Set(before.made.filter(({ older }) => !older).map(keyOfMade));
  const added = made.now.filter((one) => !kept.has(keyOfMade(one)));
  if (keysOf(told) === keysOf(before.told) && added.length === 0 && made.past.length === 0) return;
  const old = new Set(grown(before.told, before.made).map(keyOfColumn));
  const fresh = grown(told, made.all).filter((one) => !old.has(keyOfColumn(one)));
  await database.transaction({ title: 'Hiding private columns', priority: 'background' }, async (session) => {
    await erasePrivate(session, known, fresh);
    await keepTold(session, told);
    await addMade(session, added);
    await dropMade(session, made.past);
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
