import { type Column, typeFamily } from '../../../../shared/column.ts';
import { distinctNames } from '../../../../shared/column-names.ts';
import { ident, join, type Sql, sql, typeName } from '../../../../shared/sql.ts';
import { type Duck, withDuck } from './duck.ts';

const plain: Readonly<Record<string, string>> = {
  smallint: 'smallint',
  integer: 'integer',
  bigint: 'bigint',
  real: 'real',
  'double precision': 'double',
  boolean: 'boolean',
  date: 'date',
  uuid: 'uuid',
  json: 'json',
  jsonb: 'json',
  bytea: 'blob',
};

/**
 * Turns a CSV file, every value quoted and null as nothing, into a Parquet file with the types its columns have in
 * PostgreSQL; what Parquet has no type for is text. Neither file is held in memory. Says what the file does not hold: DuckDB would write
 * infinite dates and times, which Parquet has none of, as numbers that no calendar has.
 */
export async function parquetFromCsv(
  csv: string,
  parquet: string,
  given: readonly Column[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  // A file cannot have two columns of one name, and DuckDB takes upper and lower case for the same.
  const names = distinctNames(
    given.map(({ name }) => name),
    (name) => name.toLowerCase(),
  );
  const columns = given.map(({ type }, at) => ({ name: names[at] ?? '', type }));
  const struct = join(columns.map(({ name }) => sql`${name}: 'VARCHAR'`));
  const from = sql`read_csv(${csv}, columns = {${struct}}, header = true, delim = ',', quote = '"', escape = '"',
    nullstr = '', allow_quoted_nulls = false, auto_detect = false, max_line_size = 100000000)`;
  const infinite = new Map<string, number>();
  await withDuck(signal, async (duck) => {
    const cells: Sql[] = [];
    for (const [at, column] of columns.entries()) {
      const type = await duckType(duck, from, column);
      const found = isDated(column.type) && type !== 'varchar' ? await infinities(duck, from, column) : 0;
      if (found > 0) infinite.set(given[at]?.name ?? column.name, found);
      cells.push(sql`${typed(type, ident(column.name), found > 0)} as ${ident(column.name)}`);
    }
    await duck.rows(sql`copy (select ${join(cells)} from ${from}) to ${sql`${parquet}`} (format parquet)`);
  });
  return infinite;
}

const isDated = (type: string) => ['date', 'timestamp', 'timestamptz'].includes(typeFamily(type));

async function infinities(duck: Duck, from: Sql, { name }: Column): Promise<number> {
  const [row] = await duck.rows(
    sql`select count(*)::integer from ${from} where ${ident(name)} in ('infinity', '-infinity')`,
  );
  return Number(row?.[0] ?? 0);
}

function typed(type: string, name: Sql, hasInfinite: boolean): Sql {
  if (hasInfinite)
    return sql`cast(case when ${name} not like '%infinity' then ${name} end as ${typeName(type)})`;
  return type === 'blob' ? sql`unhex(substr(${name}, 3))` : sql`cast(${name} as ${typeName(type)})`;
}

async function duckType(duck: Duck, from: Sql, { name, type }: Column): Promise<string> {
  const family = typeFamily(type);
  if (family === 'decimal') return decimalType(duck, from, ident(name));
  if (family === 'vector' && type.startsWith('vector')) return 'real[]';
  // DuckDB writes years before Christ in a way of its own.
  if (isDated(type) && (await some(duck, from, sql`${ident(name)} like '%BC'`))) return 'varchar';
  if (family === 'timestamp') return 'timestamp';
  if (family === 'timestamptz') return 'timestamp with time zone';
  return plain[type] ?? 'varchar';
}

async function some(duck: Duck, from: Sql, condition: Sql): Promise<boolean> {
  const [row] = await duck.rows(sql`select coalesce(bool_or(${condition}), false) from ${from}`);
  return row?.[0] === true;
}

/** As many digits as the values have; a decimal holds 38, NaN and the infinities not at all. */
async function decimalType(duck: Duck, from: Sql, name: Sql): Promise<string> {
  const [row] = await duck.rows(sql`
    select coalesce(bool_or(not regexp_full_match(${name}, '-?\d+(\.\d+)?')), false),
      coalesce(max(length(ltrim(split_part(${name}, '.', 1), '-'))), 1), coalesce(max(length(split_part(${name}, '.', 2))), 0)
    from ${from}`);
  const [odd, whole, fraction] = [row?.[0] === true, Number(row?.[1] ?? 1), Number(row?.[2] ?? 0)];
  return odd || whole + fraction > 38 ? 'varchar' : `decimal(${whole + fraction}, ${fraction})`;
}
