import { type Column, typeFamily, userColumns } from '../../../../shared/column.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Database, Session } from '../../database/database.ts';
import { checkedTable } from '../checked-table.ts';

/** So many columns of a table are measured, and so many loads kept. */
const mostColumns = 100;
const kept = 400;
/** Of more rows, what needs sorting is left out. */
const sortedRows = 1_000_000;

/** A table at a version that nothing is remembered of yet. */
export interface Load {
  readonly table: string;
  readonly version: number;
  readonly cause: 'import' | 'pipeline' | 'query';
}

interface Figure {
  readonly column: string;
  readonly figure: string;
  readonly value: number;
}

/** Remembers what a load looks like: its columns, how many rows, and figures of each column. Each column is a turn of its own. */
export async function recordLoad(database: Database, load: Load, signal: AbortSignal): Promise<void> {
  const options = { title: `Measuring ${load.table}`, priority: 'background', signal } as const;
  const table = await database.use(options, (session) => checkedTable(session, load.table));
  if (!table) return;
  const columns = userColumns(table.columns);
  const { rows } = await database.use(options, (session) =>
    session.one<{ rows: number }>(sql`select count(*)::float8 as rows from ${ident('public', load.table)}`),
  );
  const figures: Figure[] = [{ column: '', figure: 'rows', value: rows }];
  for (const column of columns.slice(0, mostColumns)) {
    figures.push(...(await database.use(options, (session) => figuresOf(session, load.table, column, rows))));
  }
  await database.transaction(options, (session) => keep(session, load, columns, figures));
}

async function figuresOf(session: Session, table: string, column: Column, rows: number): Promise<Figure[]> {
  const wanted = Object.entries(measures(column, rows));
  const cells = wanted.map(([name, value]) => sql`(${value})::float8 as ${ident(name)}`);
  const found = await session.one<Record<string, number | null>>(
    sql`select ${join(cells)} from ${ident('public', table)}`,
  );
  return wanted.flatMap(([figure]) => {
    const value = found[figure];
    return typeof value === 'number' && Number.isFinite(value)
      ? [{ column: column.name, figure, value }]
      : [];
  });
}

/** The figures of the rule "A figure as usual" that a column of this type has. */
function measures({ name, type }: Column, rows: number): Record<string, Sql> {
  const column = ident(name);
  const finite = sql`case when isfinite(${column}) then ${column} end`;
  const family = typeFamily(type);
  const sortable = rows <= sortedRows;
  const numeric = family === 'integer' || family === 'decimal' || family === 'float';
  const dated = family === 'date' || family === 'timestamp' || family === 'timestamptz';
  const counted = numeric || dated || family === 'text' || family === 'boolean' || family === 'uuid';
  return {
    nulls: sql`100.0 * count(*) filter (where ${column} is null) / nullif(count(*), 0)`,
    ...(family === 'text'
      ? { empty: sql`100.0 * count(*) filter (where ${column} = '') / nullif(count(*), 0)` }
      : {}),
    ...(numeric ? { least: sql`min(${column})`, most: sql`max(${column})` } : {}),
    ...(dated
      ? { least: sql`extract(epoch from min(${finite}))`, most: sql`extract(epoch from max(${finite}))` }
      : {}),
    ...(sortable && counted ? { distinct: sql`count(distinct ${column})` } : {}),
    ...(numeric ? { mean: sql`avg(${column})` } : {}),
    ...(numeric && sortable
      ? {
          median: sql`percentile_cont(0.5) within group (order by ${column})`,
          'upper tenth': sql`percentile_cont(0.9) within group (order by ${column})`,
        }
      : {}),
    ...(dated
      ? {
          age: sql`extract(epoch from now() - max(${column}) filter (where isfinite(${column}))::timestamptz) / 3600`,
        }
      : {}),
  };
}

async function keep(
  session: Session,
  { table, version, cause }: Load,
  columns: readonly Column[],
  figures: readonly Figure[],
): Promise<void> {
  const here = await session.maybeOne(
    sql`select from assay.tables where name = ${table} and version = ${version}`,
  );
  // Changed again meanwhile: what was measured is of no version in particular.
  if (!here) return;
  await session.run(sql`delete from assay.loads where table_name = ${table} and version = ${version}`);
  await session.run(sql`insert into assay.loads (table_name, version, cause, columns)
    values (${table}, ${version}, ${cause}, ${JSON.stringify(columns)}::text::jsonb)`);
  const rows = figures.map(
    ({ column, figure, value }) =>
      sql`(${table}, ${version}::bigint, ${column}, ${figure}, ${value}::float8)`,
  );
  await session.run(
    sql`insert into assay.figures (table_name, version, column_name, figure, value) values ${join(rows)}`,
  );
  await session.run(sql`delete from assay.loads where table_name = ${table} and version in (
    select version from assay.loads where table_name = ${table} order by loaded_at desc, version desc offset ${kept})`);
}
