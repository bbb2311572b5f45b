import { sql } from '../../../shared/sql.ts';
import type { Duck } from '../files/duck/duck.ts';
import type { Examination } from '../files/examine.ts';
import type { JudgedColumn } from '../files/types/columns.ts';
import { proposeNulls } from '../files/types/null-markers.ts';

/** More rows are not looked at for what may stand for no value. */
const sampleRows = 20_000;

/** Columns with what was read as no value, and what may stand for none as well: told, whoever wants it otherwise may say so. */
export async function tellNulls(
  duck: Duck,
  { table, columns }: Examination,
): Promise<readonly JudgedColumn[]> {
  const { relation, counts } = table;
  const rows = Math.min(sampleRows, counts.good);
  const first = { ...relation, rows: sql`(from ${relation.rows} limit ${rows})` };
  // What DuckDB cannot read as it stands was loaded in another way: nothing is proposed then.
  const told = await proposeNulls(
    duck,
    { relation: first, counts: { ...counts, good: rows } },
    columns,
  ).catch(() => columns);
  const open = told.filter(({ type, bare, readAsNull }) => type !== 'text' && !bare && !readAsNull);
  if (rows === counts.good || open.length === 0) return withKnown(columns, told);
  const all = await proposeNulls(duck, table, columns).catch(() => told);
  const counted = new Map(all.map((column) => [column.name, column]));
  return withKnown(
    columns,
    told.map((column) => ({ ...column, ...pick(counted.get(column.name)) })),
  );
}

const pick = (column: JudgedColumn | undefined) =>
  column?.readAsNull ? { readAsNull: column.readAsNull } : {};

/** What was counted while rows were loaded holds. */
const withKnown = (before: readonly JudgedColumn[], told: readonly JudgedColumn[]): readonly JudgedColumn[] =>
  told.map((column, at) => ({ ...column, ...pick(before[at]) }));
