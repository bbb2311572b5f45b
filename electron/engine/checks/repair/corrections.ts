import type { Correction } from '../../../../shared/contract/repairs.ts';
import { ident, sql, toText } from '../../../../shared/sql.ts';
import type { ColumnarTable, ValueColumn } from '../detect/columnar.ts';
import type { Fix } from './fixer.ts';

/** A fix in words that do not name a row's address, so that they fit after the next load too. */
export interface StableFix {
  readonly fix: Fix;
  readonly correction: Correction;
  /** How many cells of what was read it changes. */
  readonly reach: number;
}

/** So many columns at most say which row is meant. */
const mostConditions = 3;
/** Cut texts cannot be compared. */
const longest = 399;

/**
 * Says each fix by the value that was there; where other rows have that value rightly, by the column that decides it
 * as well, and where that is not enough, by those columns that tell the row from the others.
 */
export function stableFixes(table: ColumnarTable, fixes: readonly Fix[]): StableFix[] {
  const groups = new Map<string, Fix[]>();
  for (const fix of fixes) {
    const column = columnOf(table, fix.column);
    const key = JSON.stringify([fix.column, column?.codes[fix.row], fix.to]);
    groups.set(key, [...(groups.get(key) ?? []), fix]);
  }
  const stable = [...groups.values()].flatMap((group) => saidTogether(table, group));
  const places = new Map(fixes.map((fix, at) => [fix, at]));
  return stable.toSorted((a, b) => (places.get(a.fix) ?? 0) - (places.get(b.fix) ?? 0));
}

const columnOf = ({ columns }: ColumnarTable, name: string): ValueColumn | undefined =>
  columns.find((column) => column.name === name);

/** Fixes of one value to one other, of the same column. */
function saidTogether(table: ColumnarTable, group: readonly Fix[]): StableFix[] {
  const [first] = group;
  const column = first && columnOf(table, first.column);
  if (!first || !column) return [];
  const rows = rowsWith(column, column.codes[first.row] ?? -1);
  const meant = new Set(group.map(({ row }) => row));
  if (rows.length === meant.size) return group.map((fix) => said(column, fix, [], rows.length));
  return group.map((fix) => saidApart(table, column, fix, { rows, meant }));
}

function saidApart(
  table: ColumnarTable,
  column: ValueColumn,
  fix: Fix,
  { rows, meant }: { readonly rows: readonly number[]; readonly meant: ReadonlySet<number> },
): StableFix {
  const conditions: ValueColumn[] = [];
  let left = rows;
  const narrow = (by: ValueColumn) => {
    left = left.filter((row) => by.codes[row] === by.codes[fix.row]);
    conditions.push(by);
  };
  const by = fix.by === undefined ? undefined : columnOf(table, fix.by);
  if (by) narrow(by);
  while (left.some((row) => !meant.has(row)) && conditions.length < mostConditions) {
    const next = narrowest(table, column, fix.row, left, conditions);
    if (!next) break;
    narrow(next);
  }
  return said(
    column,
    fix,
    conditions.map((one) => condition(one, fix.row)),
    left.length,
  );
}

/** The column whose value in this row the fewest others have. */
function narrowest(
  { columns }: ColumnarTable,
  fixed: ValueColumn,
  row: number,
  rows: readonly number[],
  used: readonly ValueColumn[],
): ValueColumn | undefined {
  let best: { readonly column: ValueColumn; readonly left: number } | undefined;
  for (const column of columns) {
    const text = column.values[column.codes[row] ?? -1];
    if (column === fixed || used.includes(column) || (text?.length ?? 0) > longest) continue;
    const left = rows.reduce((sum, other) => sum + (column.codes[other] === column.codes[row] ? 1 : 0), 0);
    if (left < (best?.left ?? rows.length)) best = { column, left };
  }
  return best?.column;
}

function rowsWith({ codes }: ValueColumn, code: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < codes.length; row++) if (codes[row] === code) rows.push(row);
  return rows;
}

function said(column: ValueColumn, fix: Fix, conditions: readonly string[], reach: number): StableFix {
  const was = column.values[column.codes[fix.row] ?? -1];
  const own = was ? [] : [condition(column, fix.row)];
  const when = [...own, ...conditions].join(' and ');
  return { fix, correction: { column: column.name, was: was ?? '', when, to: fix.to ?? '' }, reach };
}

/** What a row has in a column, as SQL that people read. */
function condition({ name, type, values, codes }: ValueColumn, row: number): string {
  const text = values[codes[row] ?? -1];
  const column = toText(ident(name));
  if (text === undefined) return `${column} is null`;
  const bare = /^(smallint|integer|bigint|numeric)/.test(type) && /^\d+(\.\d+)?$/.test(text);
  return `${column} = ${bare ? text : toText(sql`${text}`)}`;
}
