import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Column, rowColumn, typeFamily, userColumns } from '../../../shared/column.ts';
import { problem, stopIfCancelled } from '../../../shared/problem.ts';
import {
  ident,
  join as joined,
  lines,
  literals,
  type Sql,
  sql,
  toText,
  typeName,
} from '../../../shared/sql.ts';
import { builderFor } from '../database/column-builders.ts';
import type { Database } from '../database/database.ts';
import { type KnownTable, placeOf } from '../database/known-table.ts';
import type { RowOrders } from '../database/row-order.ts';
import type { CopiedColumn } from './copy.ts';
import type { Columnar, DuckFiles } from './duck-files.ts';
import { type StoredType, storedType } from './stored-type.ts';

const pieceBytes = 16 * 1024 * 1024;
/** Cells longer than this are not copied: the table is then looked at in PostgreSQL. */
const longestLine = 8 * 1024 * 1024;
const noValue = '\\N';

/** What building a copy needs. */
export interface Building {
  readonly database: Database;
  readonly orders: RowOrders;
  readonly files: DuckFiles;
  readonly signal: AbortSignal;
  readonly progress: (done: number) => void;
}

interface Part extends Column {
  readonly cells: string;
  readonly stored: StoredType;
}

/** Copies a table into a file of its own, in pieces of one turn each. The file appears whole or not at all. */
export async function buildCopy(building: Building, table: KnownTable, file: string): Promise<void> {
  const { files } = building;
  const half = `${file}.half`;
  const name = `half ${table.state}`;
  await removeFile(half);
  try {
    await files.attach(half, name, 'write');
    try {
      await files.use(building.signal, (columnar) => fill(building, columnar, table, name, `${half}.csv`));
    } finally {
      await files.detach(name);
      await rm(`${half}.csv`, { force: true });
    }
    await rename(half, file);
  } catch (thrown) {
    await removeFile(half);
    throw thrown;
  }
}

/** Removes a copy's file, and the log DuckDB may have left beside it. */
export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true });
  await rm(`${file}.wal`, { force: true });
}

async function fill(building: Building, columnar: Columnar, table: KnownTable, name: string, csv: string) {
  const parts = await partsOf(building.database, table);
  await columnar.run(sql`create table ${ident(name, 'main', 'rows')} (${lines(definitions(parts))})`);
  const rowsAPiece = Math.floor(
    Math.min(200_000, Math.max(100, (pieceBytes * table.rows) / Math.max(table.bytes, 1))),
  );
  for (let offset = 0; offset < table.rows; offset += rowsAPiece) {
    stopIfCancelled(building.signal, 'The copy was not finished.');
    await writeFile(csv, await piece(building, table, parts, offset, rowsAPiece));
    await columnar.run(insertion(name, parts, csv));
    building.progress(Math.min(offset + rowsAPiece, table.rows));
  }
  await describeCopy(columnar, name, parts, table);
  await columnar.run(sql`checkpoint ${ident(name)}`);
}

async function partsOf(database: Database, table: KnownTable): Promise<readonly Part[]> {
  const place = toText(placeOf(table));
  const collated = await database.use({ reads: true, priority: 'background' }, (session) =>
    session.query<{ name: string }>(sql`
      select a.attname as name from pg_attribute a join pg_collation c on c.oid = a.attcollation
      where a.attrelid = to_regclass(${place}) and c.collname not in ('default', 'C', 'POSIX')
      union all select a.attname from pg_attribute a, pg_database d
      where a.attrelid = to_regclass(${place}) and d.datname = current_database() and d.datcollate <> 'C'`),
  );
  return userColumns(table.columns).flatMap((column, at) => {
    const stored = storedType(
      column,
      collated.some(({ name }) => name === column.name),
    );
    return stored ? [{ ...column, cells: `c${at}`, stored }] : [];
  });
}

const lossOf = ({ cells }: Part) => ident(`l${cells}`);
const keyOf = ({ cells, stored }: Part) => (stored.key ? `k${cells}` : cells);

const definitions = (parts: readonly Part[]): Sql[] => [
  sql`_row bigint`,
  ...parts.map(({ cells, stored }) => sql`${ident(cells)} ${stored.type}`),
  ...parts.flatMap((part) => (part.stored.key ? [sql`${ident(keyOf(part))} ${part.stored.key.type}`] : [])),
  ...parts.filter(({ stored }) => stored.loses).map((part) => sql`${lossOf(part)} boolean`),
];

/** Some rows as CSV, in words that do not depend on how a session is set. */
function piece(
  { database, orders }: Building,
  table: KnownTable,
  parts: readonly Part[],
  offset: number,
  limit: number,
) {
  const cells = parts.map(({ name, type }) =>
    builderFor(type) ? ident(name) : sql`${ident(name)}::${typeName('text')}`,
  );
  const options = {
    title: `Copying ${table.name} to look at it`,
    priority: 'background',
    reads: true,
  } as const;
  return database.transaction(options, async (session) => {
    const order = await orders.of(session, table.name, database.epoch());
    if (order.table.state !== table.state)
      throw problem('cancelled', 'The table changed while it was copied.');
    await session.run(sql`set local timezone = 'UTC'`);
    await session.run(sql`set local datestyle = 'ISO'`);
    await session.run(sql`set local intervalstyle = 'postgres'`);
    await session.run(sql`set local extra_float_digits = 1`);
    const rows = sql`select ${joined([sql`t.${ident(rowColumn)}`, ...cells])} from ${order.slice(offset, limit)}`;
    return session.copyOut(sql`copy (${rows}) to stdout (format csv, encoding 'utf8', null ${noValue})`);
  });
}

function insertion(name: string, parts: readonly Part[], csv: string): Sql {
  const texts = parts.map(({ cells }) => sql`${ident(cells)}: 'varchar'`);
  const keys = parts.flatMap(({ cells, stored }) => (stored.key ? [stored.key.read(ident(cells))] : []));
  const losses = parts
    .filter(({ stored }) => stored.loses)
    .map(({ cells, stored }) => sql`${ident(cells)} is not null and ${stored.read(ident(cells))} is null`);
  const values = [
    sql`_row`,
    ...parts.map(({ cells, stored }) => stored.read(ident(cells))),
    ...keys,
    ...losses,
  ];
  return literals(sql`insert into ${ident(name, 'main', 'rows')} select ${lines(values)}
    from read_csv(${csv}, columns = {${joined([sql`_row: 'bigint'`, ...texts])}}, auto_detect = false, header = false,
      delim = ',', new_line = '\n', quote = '"', escape = '"', nullstr = ${noValue}, allow_quoted_nulls = false, parallel = false,
      max_line_size = ${longestLine}, buffer_size = ${4 * longestLine})`);
}

/** DuckDB's reader takes U+FEFF at the beginning of a cell for a byte order mark, and leaves it away. */
const beginsWithMark = (cells: Sql) => sql`starts_with(${cells}, chr(65279))`;

/** Writes down what each column can be asked; a column that lost a value is left out or not compared. */
async function describeCopy(columnar: Columnar, name: string, parts: readonly Part[], table: KnownTable) {
  const described: CopiedColumn[] = [];
  for (const part of parts) {
    const cells = ident(part.cells);
    const isText = typeFamily(part.type) === 'text';
    const ascii = isText ? sql`coalesce(bool_and(strlen(${cells}) = length(${cells})), true)` : sql`true`;
    const loses = part.stored.loses ? lossOf(part) : isText ? beginsWithMark(cells) : sql`false`;
    const lost = sql`coalesce(bool_or(${loses}), false)`;
    const [found] = await columnar.rows(
      sql`select count(${cells}), count(${ident(keyOf(part))}), ${ascii}, ${lost} from ${ident(name, 'main', 'rows')}`,
    );
    if (!found || found[3] === true) continue;
    const key = part.stored.compares && found[0] === found[1] ? keyOf(part) : null;
    const nulls = table.rows - Number(found[0]);
    described.push({
      name: part.name,
      type: part.type,
      cells: part.cells,
      key,
      ascii: found[2] === true,
      nulls,
    });
  }
  const words = JSON.stringify({ state: table.state, rows: table.rows, columns: described });
  await columnar.run(sql`create table ${ident(name, 'main', 'about')} as select ${words} as words`);
}

/** Where a table's copy is kept: a file for each state of a table. */
export const copyFile = (folder: string, { state }: Pick<KnownTable, 'state'>): string =>
  join(folder, `${state.replaceAll(':', '-')}.duckdb`);
