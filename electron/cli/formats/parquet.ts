import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { cellText } from '../../../shared/cell-text.ts';
import { type Column, typeFamily } from '../../../shared/column.ts';
import { distinctNames } from '../../../shared/column-names.ts';
import type { DecodedPage } from '../../../shared/decode-page.ts';
import { ident, join, type Sql, sql, typeName } from '../../../shared/sql.ts';
import { withDuck } from '../../engine/files/duck.ts';
import { csvText } from './csv.ts';

/** Rows as a Parquet file with the types they have in PostgreSQL; what Parquet has no type for is text. */
export async function parquetBytes(page: DecodedPage): Promise<Uint8Array> {
  const folder = await mkdtemp(joinPath(tmpdir(), 'assay-parquet-'));
  const [from, to] = [joinPath(folder, 'rows.csv'), joinPath(folder, 'rows.parquet')];
  try {
    await writeFile(from, csvText(unique(page), true));
    const select = join(
      unique(page).columns.map((column, at) => sql`${typed(column, page, at)} as ${ident(column.name)}`),
    );
    await withDuck(undefined, (duck) =>
      duck.rows(sql`copy (select ${select} from read_csv(${from}, all_varchar = true, header = true, delim = ',',
        quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, auto_detect = false,
        columns = ${structOf(unique(page).columns)}, max_line_size = 100000000))
        to ${sql`${to}`} (format parquet)`),
    );
    return await readFile(to);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A file cannot have two columns of one name, and DuckDB takes upper and lower case for the same. */
function unique(page: DecodedPage): DecodedPage {
  const names = distinctNames(
    page.columns.map(({ name }) => name),
    (name) => name.toLowerCase(),
  );
  return { ...page, columns: page.columns.map(({ type }, at) => ({ name: names[at] ?? '', type })) };
}

const structOf = (columns: readonly Column[]): Sql =>
  sql`{${join(columns.map(({ name }) => sql`${name}: 'VARCHAR'`))}}`;

function typed(column: Column, page: DecodedPage, at: number): Sql {
  const name = ident(column.name);
  const type = duckType(column.type, page, at);
  if (type === 'blob') return sql`unhex(substr(${name}, 3))`;
  return sql`cast(${name} as ${typeName(type)})`;
}

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

function duckType(type: string, page: DecodedPage, at: number): string {
  const family = typeFamily(type);
  if (family === 'decimal') return decimalType(page, at);
  if (family === 'vector' && type.startsWith('vector')) return 'real[]';
  if (['date', 'timestamp', 'timestamptz'].includes(family) && hasOldDate(page, at)) return 'varchar';
  if (family === 'timestamp') return 'timestamp';
  if (family === 'timestamptz') return 'timestamp with time zone';
  return plain[type] ?? 'varchar';
}

/** DuckDB writes years before Christ in a way of its own. */
function hasOldDate(page: DecodedPage, at: number): boolean {
  const type = page.columns[at]?.type ?? '';
  return cellsOf(page, at).some((value) => value !== null && cellText(value, type).endsWith('BC'));
}

/** As many digits as the values have; a decimal holds 38, NaN and the infinities not at all. */
function decimalType(page: DecodedPage, at: number): string {
  let whole = 1;
  let fraction = 0;
  for (const value of cellsOf(page, at)) {
    if (value === null) continue;
    const parts = /^-?(\d+)(?:\.(\d+))?$/.exec(String(value));
    if (!parts) return 'varchar';
    whole = Math.max(whole, parts[1]?.length ?? 0);
    fraction = Math.max(fraction, parts[2]?.length ?? 0);
  }
  return whole + fraction > 38 ? 'varchar' : `decimal(${whole + fraction}, ${fraction})`;
}

const cellsOf = (page: DecodedPage, at: number) =>
  Array.from({ length: page.rows }, (_, row) => page.cell(row, at));
