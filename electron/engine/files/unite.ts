import { mkdir } from 'node:fs/promises';
import { dirname, join as joinPath, relative, sep } from 'node:path';
import { count, counted } from '../../../shared/number-words.ts';
import { ident, join, type Sql, sql } from '../../../shared/sql.ts';
import { cellName } from './duck/relation.ts';
import type { Located } from './records/locate.ts';
import type { Source } from './source/source.ts';
import { spellingOf } from './spelling/spelling.ts';
import type { ReadRequest, Surroundings } from './table/define-format.ts';
import type { Counts, FileTable, KnownColumn, PartWriting } from './table/file-table.ts';
import { toldOf, withoutTables } from './told-parts.ts';

type Reader<R extends ReadRequest> = (source: Source, request: R, around: Surroundings) => Promise<FileTable>;

interface Part {
  /** As it stands in `_file`. */
  readonly file: string;
  readonly table: FileTable;
}

/** The column that says which file a row came from. */
export const fileColumn = '_file';

/** Reads several files as one table: columns are united by name, and `_file` tells where each row is from. */
export async function unite<R extends ReadRequest>(
  sources: readonly Source[],
  request: R,
  around: Surroundings,
  read: Reader<R>,
): Promise<FileTable> {
  const names = shortNames(sources.map(({ given }) => given));
  const parts: Part[] = [];
  // A quick look shares what it may read among the files.
  const upTo = request.upTo === undefined ? undefined : Math.max(64 << 10, request.upTo / sources.length);
  for (const [at, source] of sources.entries()) {
    const file = names[at] ?? source.name;
    const scratch = joinPath(around.scratch, `part-${at}`);
    await mkdir(scratch, { recursive: true });
    const onBad: Surroundings['onBad'] = (bad) => around.onBad(bad.map((record) => ({ ...record, file })));
    parts.push({ file, table: await read(source, { ...request, upTo }, { ...around, scratch, onBad }) });
  }
  return united(parts);
}

/** Paths without the folder that all of them are in. */
function shortNames(paths: readonly string[]): string[] {
  let common = dirname(paths[0] ?? '');
  while (
    !paths.every((path) => path.startsWith(common.endsWith(sep) ? common : common + sep)) &&
    common !== dirname(common)
  ) {
    common = dirname(common);
  }
  return paths.map((path) => relative(common, path).replaceAll('\\', '/'));
}

function united(parts: readonly Part[]): FileTable {
  const columns = unitedColumns(parts);
  const tables = parts.map(({ table }) => table);
  const [first] = tables as [FileTable];
  const slow = tables.some(({ slowly }) => slowly);
  const sameFormat = tables.every(({ format }) => format.kind === first.format.kind);
  return {
    format: {
      ...first.format,
      confidence: Math.min(...tables.map(({ format }) => format.confidence)),
      evidence: evidenceOf(parts, columns),
      settings: sameFormat ? agreedSettings(tables) : [],
      ...toldOf(parts),
    },
    dialect: tables.every(({ dialect }) => dialect) ? withoutTables(first.dialect) : null,
    names: [...columns.map(({ name }) => name), fileColumn],
    known: [...columns.map(knownOf), { type: 'text', reason: 'the file that a row came from' }],
    relation: { rows: unitedRows(parts, columns), width: columns.length + 1 },
    counts: sumOf(tables.map(({ counts }) => counts)),
    parts: new Map(parts.map((part, at) => [part.file, writingOf(part, at, columns)])),
    complete: tables.every(({ complete }) => complete),
    locate: (ordinals) => locateIn(parts, ordinals),
    ...(slow ? { slowly: async () => united(await Promise.all(parts.map(slowPart))) } : {}),
  };
}

/** Settings of the first file, but for those of which others have another value. */
const agreedSettings = (tables: readonly FileTable[]) =>
  (tables[0]?.format.settings ?? []).filter(({ key, value }) =>
    tables.every(({ format }) =>
      format.settings.every((other) => other.key !== key || other.value === value),
    ),
  );

function writingOf({ table }: Part, part: number, columns: readonly UnitedColumn[]): PartWriting {
  const { kind, settings, packed } = table.format;
  const places = table.names.map((_, at) => columns.findIndex((column) => column.places[part] === at));
  return {
    kind,
    settings: Object.fromEntries(settings.map(({ key, value }) => [key, value])),
    marks: table.delimited?.sniffed.marks,
    spelling: table.dialect ? spellingOf(table.dialect) : undefined,
    packed,
    places,
  };
}

const slowPart = async ({ file, table }: Part): Promise<Part> => ({
  file,
  table: (await table.slowly?.()) ?? table,
});

interface UnitedColumn {
  readonly name: string;
  /** Its place in each part; undefined where the part lacks it. */
  readonly places: readonly (number | undefined)[];
  readonly known: readonly (KnownColumn | undefined)[];
}

/** Columns of one name are one column; those without a name are told apart by their place. */
function unitedColumns(parts: readonly Part[]): UnitedColumn[] {
  const found = new Map<
    string,
    { name: string; places: (number | undefined)[]; known: (KnownColumn | undefined)[] }
  >();
  parts.forEach(({ table }, part) => {
    const seen = new Map<string, number>();
    table.names.forEach((name, at) => {
      const plain = name.trim().toLowerCase() || `#${at}`;
      const turn = seen.get(plain) ?? 0;
      seen.set(plain, turn + 1);
      const key = `${turn}:${plain}`;
      const column = found.get(key) ?? { name, places: [], known: [] };
      column.places[part] = at;
      column.known.push(table.known[at]);
      found.set(key, column);
    });
  });
  return [...found.values()];
}

/** What all files say alike; numbers of which some are NaN, beside others, are exact ones. */
function knownOf({ known }: UnitedColumn): KnownColumn | undefined {
  const [first] = known;
  const alike = known.every(
    (one) => one?.type === first?.type && one?.words === first?.words && one?.numbers === first?.numbers,
  );
  if (alike) return first;
  const typed = known.find((one) => one?.type !== undefined);
  return typed && known.every((one) => one?.numbers) ? { ...typed, type: 'numeric' } : undefined;
}

function unitedRows(parts: readonly Part[], columns: readonly UnitedColumn[]): Sql {
  const selects = parts.map(({ file, table }, part) => {
    const cells = columns.map(({ places }, at) => {
      const place = places[part];
      const value = place === undefined ? sql`null::varchar` : ident(cellName(place));
      return sql`${value} as ${ident(cellName(at))}`;
    });
    const named = sql`${file}::varchar as ${ident(cellName(columns.length))}`;
    return sql`select ${join([...cells, named])} from ${table.relation.rows}`;
  });
  return sql`(${join(selects, sql` union all `)})`;
}

function sumOf(all: readonly Counts[]): Counts {
  const skippedBy: Record<string, number> = { header: 0, blank: 0, preamble: 0 };
  for (const counts of all) {
    for (const [kind, count] of Object.entries(counts.skippedBy))
      skippedBy[kind] = (skippedBy[kind] ?? 0) + count;
  }
  const sum = (key: 'physical' | 'good' | 'bad') => all.reduce((total, counts) => total + counts[key], 0);
  return {
    physical: sum('physical'),
    good: sum('good'),
    bad: sum('bad'),
    skippedBy: skippedBy as unknown as Counts['skippedBy'],
  };
}

/** Which columns are not in all files, said. */
function evidenceOf(parts: readonly Part[], columns: readonly UnitedColumn[]): string {
  const many = count(parts.length);
  const some = columns.filter(({ known }) => known.length < parts.length);
  const shown = some.slice(0, 5).map(({ name, known }) => `${name} in ${known.length} of ${many}`);
  const differ =
    some.length === 0
      ? 'all have the same columns'
      : `not in all: ${shown.join(', ')}${some.length > 5 ? ' …' : ''}`;
  return `${counted(parts.length, 'file')} as one table; ${differ}`;
}

/** Ordinals go through the files one after another. */
async function locateIn(parts: readonly Part[], ordinals: readonly number[]): Promise<Located[]> {
  const found: Located[] = [];
  let before = 0;
  for (const { file, table } of parts) {
    const after = before + table.counts.good;
    const inside = ordinals.filter((ordinal) => ordinal >= before && ordinal < after);
    const start = before;
    const located = inside.length === 0 ? [] : await table.locate(inside.map((ordinal) => ordinal - start));
    found.push(...located.map((one) => ({ ...one, ordinal: one.ordinal + start, file })));
    before = after;
  }
  return found;
}
