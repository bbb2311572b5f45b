import { named } from '../../../../shared/by-name.ts';
import { isNumeric } from '../../../../shared/column.ts';
import type { FileColumn, NullMarker } from '../../../../shared/contract/files.ts';
import { count } from '../../../../shared/number-words.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Duck } from '../duck/duck.ts';
import type { Relation } from '../duck/relation.ts';
import { cellName } from '../duck/relation.ts';
import type { FileTable } from '../table/file-table.ts';
import type { Choices } from './columns.ts';
import { columnNames } from './name-columns.ts';

/** Words and signs that often stand for no value, in small letters. */
const words = [
  'na',
  'n/a',
  '#n/a',
  'n.a.',
  'nan',
  'null',
  'none',
  'nil',
  '\\n',
  '-',
  '--',
  '?',
  '.',
  'unknown',
];
/** Numbers that often do, where they lie far from all others. */
const numbers = ['-1', '-9', '99', '-99', '999', '-999', '9999', '-9999', '99999', '-99999', '999999'];
const mostColumns = 200;
const longestMarker = 8;

/** A table in which the cells that a person takes for no value hold none. */
export function withNulls(table: FileTable, { nulls = {}, names, allText }: Choices): FileTable {
  const columns = names?.(table.names) ?? columnNames(table.names);
  const nulled = columns.flatMap((name, at) => {
    const markers = (named(nulls, name) ?? []).filter((marker) => marker !== '');
    return markers.length > 0 && at < table.relation.width ? [{ at, markers }] : [];
  });
  if (nulled.length === 0 || allText) return table;
  const cells = nulled.map(({ at, markers }) => {
    const cell = ident(cellName(at));
    return sql`case when trim(${cell}) in (${join([...markers])}) then null else ${cell} end as ${cell}`;
  });
  const { rows, width } = table.relation;
  const { counted, slowly } = table;
  const open = new Map(counted?.counts);
  for (const { at } of nulled) open.delete(at);
  return {
    ...table,
    relation: { rows: sql`(select * replace (${join(cells)}) from ${rows})`, width },
    counted: counted ? { rows: counted.rows, counts: open } : undefined,
    ...(slowly
      ? { slowly: async () => withNulls(await slowly(), { nulls, names, allText } as Choices) }
      : {}),
  };
}

/**
 * Adds to columns what their cells hold that may stand for no value, with evidence; and what does, in columns that are not
 * text: words such as NA hold no number and no date.
 */
export async function proposeNulls<C extends FileColumn & { readonly bare?: boolean }>(
  duck: Duck,
  { relation, counts: { good: rows } }: Pick<FileTable, 'relation' | 'counts'>,
  columns: readonly C[],
): Promise<readonly C[]> {
  // Of many columns, those further on only in which something was read as no value.
  const asked = columns.flatMap(({ type, bare }, at) =>
    at < mostColumns || (type !== 'text' && bare === false) ? [at] : [],
  );
  if (asked.length === 0) return columns;
  const found = await duck.rows(sql`select place::integer, trim(v) as t, count(*)::integer
    from ${longCells(relation, asked)} where length(v) between 1 and ${longestMarker}
      and lower(trim(v)) in (${join([...words, ...numbers])}) group by all order by 3 desc`);
  const seen = found.map(([place, marker, cells]) => ({
    place: Number(place),
    marker: String(marker),
    cells: Number(cells),
    rows,
  }));
  const ranges = await rangesOf(duck, relation, columns, seen);
  return columns.map((column, at) => {
    const own = seen.filter(({ place }) => place === at);
    const markers = own.flatMap((one) => proposal(column, one, ranges.get(at)));
    const read = own.filter(({ marker }) => isReadAsNull(column, marker));
    return {
      ...column,
      ...(markers.length > 0 ? { nullMarkers: markers } : {}),
      ...(read.length > 0 ? { readAsNull: read.map(({ marker, cells }) => ({ marker, cells })) } : {}),
    };
  });
}

interface Seen {
  readonly place: number;
  readonly marker: string;
  readonly cells: number;
  readonly rows: number;
}

function proposal(column: FileColumn, seen: Seen, range: Range | undefined): NullMarker[] {
  const { marker, cells, rows } = seen;
  const share = `“${marker}” stands in ${count(cells)} of ${count(rows)} rows`;
  if (words.includes(marker.toLowerCase())) {
    const open = column.type === 'text' && cells < rows && !column.nulls?.includes('');
    return open ? [{ marker, cells, evidence: share }] : [];
  }
  if (!range || cells < 2 || !isFar(Number(marker), range)) return [];
  return [{ marker, cells, evidence: `${share}; all others lie between ${range.least} and ${range.most}` }];
}

const usual = /^(null|#?n\/?a|nan|none|nil|\\n|-)$/i;

/** In a column whose type the file itself says, NaN is a number. */
const isReadAsNull = ({ type, nulls, exact }: FileColumn & { readonly exact?: boolean }, marker: string) =>
  type !== 'text' && !exact && !nulls?.includes('') && usual.test(marker);

interface Range {
  readonly least: number;
  readonly most: number;
}

/** Beyond all others, by more than they are apart; a lone -1 under numbers that are not negative. */
const isFar = (value: number, { least, most }: Range) =>
  value === -1 ? least >= 0 : value > most + (most - least) || value < least - (most - least);

/** Between what the numbers of columns lie that may have such a marker, without it. */
async function rangesOf(
  duck: Duck,
  relation: Relation,
  columns: readonly FileColumn[],
  seen: readonly Seen[],
): Promise<ReadonlyMap<number, Range>> {
  const numeric = seen.filter(({ place, marker, cells }) => {
    const column = columns[place];
    return (
      cells > 1 &&
      numbers.includes(marker) &&
      column !== undefined &&
      isNumeric(column.type) &&
      !column.format
    );
  });
  const asked = [...new Set(numeric.map(({ place }) => place))];
  if (asked.length === 0) return new Map();
  const found = await duck.rows(sql`select place::integer, min(n), max(n) from
    (select place, try_cast(v as double) as n from ${longCells(relation, asked)} where trim(v) not in (${join(numbers)}))
    group by place`);
  return new Map(
    found.map(([place, least, most]) => [Number(place), { least: Number(least), most: Number(most) }]),
  );
}

/** Cells of some columns one below the other: `place` and `v`. */
function longCells({ rows }: Relation, asked: readonly number[]): Sql {
  const cells = join(asked.map((at) => ident(cellName(at))));
  return sql`(select unnest([${cells}]) as v, unnest([${join([...asked])}]) as place from ${rows})`;
}
