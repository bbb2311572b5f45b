import { named } from '../../../../shared/by-name.ts';
import { isNumeric } from '../../../../shared/column.ts';
import type { FileColumn, OnMisfit } from '../../../../shared/contract/files.ts';
import { count } from '../../../../shared/number-words.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import { type CountedClasses, countClasses } from '../cells/count-classes.ts';
import type { ClassCounts } from '../cells/value-classes.ts';
import { valueClass } from '../cells/value-classes.ts';
import type { Decimal } from '../cells/written-numbers.ts';
import type { Duck } from '../duck/duck.ts';
import type { Relation } from '../duck/relation.ts';
import { cellName } from '../duck/relation.ts';
import type { FileTable, KnownColumn } from '../table/file-table.ts';
import { type ColumnMarks, chooseType, formatFor } from './choose-type.ts';
import { decideMisfits } from './misfits.ts';
import { columnNames } from './name-columns.ts';
import { numberMarks } from './number-marks.ts';
import { isLoadable } from './read-cells.ts';

/** PostgreSQL takes 1,600 columns; one is `_row`. */
const mostColumns = 1599;

/** Refuses a file that is wider than a table can be. */
export function refuseTooWide(width: number, name: string): void {
  if (width <= mostColumns) return;
  throw problem('bad_input', `${name} has ${count(width)} columns; a table holds at most 1,599.`, {
    hint: 'Split the file by columns, or turn columns into rows before importing.',
  });
}

/** Names and types that a person chose. */
export interface Choices {
  readonly types: Readonly<Record<string, string>>;
  /** Why a column has its type, where it was not chosen now. */
  readonly reasons?: Readonly<Record<string, string>>;
  /** Date formats by column, as a recipe keeps them. */
  readonly formats?: Readonly<Record<string, string>>;
  /** How columns were read before, which decides where nothing in the file does. */
  readonly before?: Readonly<Record<string, string>>;
  /** What becomes of cells that do not fit, by column. */
  readonly onMisfit?: Readonly<Record<string, OnMisfit>> | undefined;
  /** What stands for no value, by column. */
  readonly nulls?: Readonly<Record<string, readonly string[]>> | undefined;
  /** How a recipe names the file's columns. */
  readonly names?: (originals: readonly string[]) => readonly string[];
  readonly allText: boolean;
  /** What stands before decimals; found out where not given. */
  readonly decimal?: Decimal | undefined;
}

export const cell = (at: number): Sql => ident(cellName(at));
export const trimmed = (at: number): Sql => ident(`t${at}`);

/** The reading with each cell as it stands (`c0`) and without spaces around it (`t0`). */
export function trimmedRows(relation: Relation, only: readonly number[] = all(relation.width)): Sql {
  const trims = only.map((at) => sql`trim(${cell(at)}) as ${trimmed(at)}`);
  return sql`(select *, ${join(trims)} from ${relation.rows})`;
}

const all = (width: number) => Array.from({ length: width }, (_, at) => at);

/** A column with what only the engine needs to know of it. */
export interface JudgedColumn extends FileColumn {
  /** True where every value is written as PostgreSQL reads it, and none stands for no value. */
  readonly bare: boolean;
  /** True where the file itself has this type, so that every value is written as PostgreSQL reads it. */
  readonly exact?: boolean;
}

/** Columns judged by every value of the table, but for those that are known already. Also says how many rows DuckDB read. */
export async function judgeColumns(
  duck: Duck,
  { relation, names: originals, known, counts: records, counted, dialect }: FileTable,
  choices: Choices,
): Promise<{ columns: JudgedColumn[]; rows: number }> {
  const sure = counted?.rows === records.good ? counted : undefined;
  const names = choices.names?.(originals) ?? columnNames(originals);
  const nameOf = (at: number) => names[at] ?? `column_${at + 1}`;
  // Chosen, or played again, as the file itself says: read as it says it, where NaN is a number.
  const chosenFor = (at: number) => {
    const type = named(choices.types, nameOf(at));
    return type === known[at]?.type ? undefined : type;
  };
  const isOpen = (at: number) => chosenFor(at) === undefined && !choices.allText;
  const asked = all(relation.width).filter((at) => isOpen(at) && known[at]?.type === undefined);
  const { rows, counts } = await countClasses(duck, relation, asked, sure);
  const marks = numberMarks(counts.values(), dialect?.delimiter, choices.decimal);
  const columns = all(relation.width).map((at): JudgedColumn => {
    const original = originals[at] ?? '';
    const nulls = choices.allText ? undefined : named(choices.nulls, nameOf(at));
    const own = nulls ? { nulls } : {};
    const base = { name: nameOf(at), originalName: original, bare: isBare(counts.get(at)), ...own };
    const chosen = chosenFor(at);
    if (choices.allText) return { ...base, ...given('text', 'every cell is kept as written') };
    if (chosen === undefined)
      return {
        ...base,
        ...found(counts.get(at), original, known[at], {
          ...marks,
          onlyNamed: nulls?.includes('') ?? false,
          numbers: known[at]?.numbers === true,
        }),
      };
    const format = named(choices.formats, nameOf(at));
    return {
      ...base,
      ...given(chosen, named(choices.reasons, nameOf(at)) ?? 'you chose it'),
      ...(format ? { format } : {}),
    };
  });
  const isDoubtful = (at: number) => !isOpen(at) && columns[at]?.type !== 'text';
  const chosen = all(relation.width).filter(isDoubtful);
  const counting = sure?.misfits && chosen.every((at) => sure.counts.has(at));
  const fitting = counting
    ? withCounted(columns, chosen, sure, choices.before)
    : await countMisfits(duck, relation, columns, chosen, choices.before);
  return { columns: decideMisfits(fitting, choices.onMisfit), rows };
}

/** What the file says of a column goes before what its values look like. */
function found(
  counts: ClassCounts = new Map(),
  original: string,
  known: KnownColumn | undefined,
  marks: ColumnMarks,
) {
  if (known?.type !== undefined) return { ...given(known.type, known.reason), exact: true };
  const judged = chooseType(counts, original, marks);
  const looksCounted = isNumeric(judged.type) || judged.type === 'boolean';
  return known?.words && looksCounted ? given('text', known.reason) : judged;
}

const notBare = [valueClass.marker, valueClass.empty, valueClass.unsorted];
/** No word such as NA, no cell of nothing but quotes or spaces, none that was not looked at. */
const isBare = (counts: ClassCounts | undefined) =>
  counts !== undefined && !notBare.some((kind) => counts.has(kind));

const given = (type: string, reason: string) => ({ type, reason, confidence: 1, disagreeing: 0 });

/** What does not fit the types that a person chose was counted already. */
const withCounted = (
  columns: readonly JudgedColumn[],
  chosen: readonly number[],
  { counts, misfits = [] }: CountedClasses,
  before: Choices['before'],
): JudgedColumn[] =>
  columns.map((column, at) => {
    if (!chosen.includes(at)) return column;
    const lost = isNumeric(column.type) ? (counts.get(at)?.get(valueClass.code) ?? 0) : 0;
    return {
      ...withLost(formattedColumn(column, counts.get(at), before), lost),
      disagreeing: misfits[at] ?? 0,
    };
  });

/** Counts what does not fit the types that a person chose, and picks how their dates are written. */
async function countMisfits(
  duck: Duck,
  relation: Relation,
  columns: readonly JudgedColumn[],
  chosen: readonly number[],
  before: Choices['before'],
): Promise<JudgedColumn[]> {
  if (chosen.length === 0) return [...columns];
  const dated = await withFormats(duck, relation, columns, chosen, before);
  const misfits = chosen.map(
    (at) => sql`count_if(not ${isLoadable(dated[at] as JudgedColumn, cell(at), trimmed(at))})::varchar`,
  );
  const losses = chosen.map((at) =>
    isNumeric(dated[at]?.type ?? '')
      ? sql`count_if(regexp_full_match(${trimmed(at)}, '\+[0-9]+|0[0-9]+'))::varchar`
      : sql`'0'`,
  );
  const [found = []] = await duck.rows(
    sql`select ${join([...misfits, ...losses])} from ${trimmedRows(relation, chosen)}`,
  );
  return dated.map((column, at) => {
    const place = chosen.indexOf(at);
    if (place < 0) return column;
    return { ...withLost(column, Number(found[chosen.length + place])), disagreeing: Number(found[place]) };
  });
}

const withLost = (column: JudgedColumn, lost: number): JudgedColumn =>
  lost > 0 ? { ...column, zerosLost: lost } : column;

async function withFormats(
  duck: Duck,
  relation: Relation,
  columns: readonly JudgedColumn[],
  chosen: readonly number[],
  before: Choices['before'],
): Promise<JudgedColumn[]> {
  const open = chosen.filter((at) => mayHaveFormat(columns[at] as JudgedColumn));
  if (open.length === 0) return [...columns];
  const { counts } = await countClasses(duck, relation, open);
  return columns.map((column, at) =>
    open.includes(at) ? formattedColumn(column, counts.get(at), before) : column,
  );
}

const mayHaveFormat = ({ type, format }: JudgedColumn) => formatted.test(type) && !format;

/** A column of a chosen type with the way its values are written, where not as PostgreSQL reads them. */
function formattedColumn(
  column: JudgedColumn,
  counts: ClassCounts = new Map(),
  before: Choices['before'] = {},
): JudgedColumn {
  if (!mayHaveFormat(column)) return column;
  const { format, readings } = formatFor(column.type, counts, named(before, column.name));
  if (!format) return column;
  const reason = `${column.reason}; read as ${format.replaceAll('|', ' or ')}`;
  return { ...column, format, reason, ...(readings ? { readings } : {}) };
}

/** Types whose values may be written in other ways than PostgreSQL reads. */
const formatted = /^(date|time(stamp)? without time zone|boolean|numeric(\([^)]*\))?)$/;
