import type { FileColumn, FilePreview } from '../../../shared/contract/files.ts';
import { join, type Sql, sql } from '../../../shared/sql.ts';
import type { Duck } from './duck/duck.ts';
import { type Examination, examine, type Request } from './examine.ts';
import type { BadRecord } from './records/tidy.ts';
import type { Source } from './source/source.ts';
import { accountOf } from './table/account.ts';
import type { Surroundings } from './table/define-format.ts';
import type { FileTable } from './table/file-table.ts';
import { cell, type JudgedColumn, trimmed, trimmedRows } from './types/columns.ts';
import { isRejecting } from './types/misfits.ts';
import { tableName } from './types/name-columns.ts';
import { proposeNulls } from './types/null-markers.ts';
import { offerVectors } from './types/offer-vectors.ts';
import { isLoadable, isNothing, misfitCause, plainValue } from './types/read-cells.ts';

/** How much of a file a quick look reads. */
export const quickBytes = 4 << 20;
const shownRows = 200;
const shownRejects = 100;

/** What a file would give if it were loaded so. */
export async function previewFile(
  source: Source,
  request: Request,
  around: Omit<Surroundings, 'onBad'>,
): Promise<FilePreview> {
  const bad: BadRecord[] = [];
  const onBad = (more: readonly BadRecord[]) => void bad.push(...more.slice(0, shownRejects - bad.length));
  const found = await examine(source, request, { ...around, onBad });
  const { table, columns } = found;
  const { rows, values, disagreeing } = await firstRows(around.duck, found);
  const misfits = await countMisfits(around.duck, found);
  const rejects = [
    ...bad.map(({ file, ...record }) => ({ ...record, cause: causeIn(file, record.cause), column: null })),
    ...(await misfitRejects(around.duck, found)),
  ];
  return {
    path: source.given,
    bytes: source.bytes,
    format: table.format,
    dialect: table.dialect,
    columns: await offered(around.duck, table, columns),
    rows,
    values,
    disagreeing,
    account: accountOf(table.counts, misfits),
    complete: table.complete,
    rejects: rejects.sort((a, b) => a.line - b.line).slice(0, shownRejects),
    table: tableName(source.name),
  };
}

/** Columns with what a person may choose besides. */
async function offered(duck: Duck, table: FileTable, columns: readonly JudgedColumn[]) {
  const listed = await offerVectors(duck, table.relation, columns);
  const proposed = await proposeNulls(duck, table, listed);
  return proposed.map(({ bare: _bare, exact: _exact, ...column }) => column);
}

const places = (columns: readonly FileColumn[]) => columns.map((_, at) => at);
const suspects = (columns: readonly FileColumn[]) =>
  places(columns).filter((at) => isRejecting(columns[at] as FileColumn));

const notLoadable = (columns: readonly FileColumn[], at: number): Sql =>
  sql`not ${isLoadable(columns[at] as FileColumn, cell(at), trimmed(at))}`;

/** What a cell means that is written in its column's own way; null where it means nothing, or does not fit. */
const valueIn = (column: JudgedColumn, at: number): Sql =>
  sql`case when ${isLoadable(column, cell(at), trimmed(at))} and not ${isNothing(column, cell(at), trimmed(at))}
    then regexp_replace(${plainValue(column, trimmed(at))}::varchar, '(:[0-9]{2})\.0+$', '\1') end`;

async function firstRows(duck: Duck, { columns, table }: Examination) {
  const doubtful = places(columns).filter((at) => (columns[at]?.disagreeing ?? 0) > 0);
  const flags = doubtful.map((at) => sql`(${notLoadable(columns, at)})::integer`);
  const cells = places(columns).map(cell);
  const written = places(columns).filter((at) => columns[at]?.format);
  const values = written.map((at) => valueIn(columns[at] as JudgedColumn, at));
  const found = await duck.rows(
    sql`select ${join([...cells, ...flags, ...values])} from ${trimmedRows(table.relation)} limit ${shownRows}`,
  );
  const width = columns.length;
  const valuesIn = (row: readonly unknown[]) =>
    written.flatMap((at, place) => {
      const value = row[width + flags.length + place];
      return value === null ? [] : [[at, String(value)]];
    });
  return {
    rows: found.map((row) => row.slice(0, width) as (string | null)[]),
    values: found.map((row) => Object.fromEntries(valuesIn(row))),
    disagreeing: found.map((row) => doubtful.filter((_, at) => row[width + at] === 1)),
  };
}

/** Rows with at least one cell that does not fit. */
async function countMisfits(duck: Duck, { columns, table }: Examination): Promise<number> {
  const doubtful = suspects(columns);
  if (doubtful.length === 0) return 0;
  const any = join(
    doubtful.map((at) => notLoadable(columns, at)),
    sql` or `,
  );
  const [[count] = []] = await duck.rows(
    sql`select count_if(${any})::varchar from ${trimmedRows(table.relation, doubtful)}`,
  );
  return Number(count);
}

async function misfitRejects(duck: Duck, { columns, table }: Examination) {
  const doubtful = suspects(columns);
  if (doubtful.length === 0) return [];
  const first = firstMisfit(columns, doubtful);
  const found =
    await duck.rows(sql`select n::integer, bad, [${join(doubtful.map(cell))}][list_position([${join(doubtful)}], bad)]
    from (select *, row_number() over () - 1 as n, ${first} as bad from ${trimmedRows(table.relation, doubtful)})
    where bad >= 0 order by n limit ${shownRejects}`);
  const located = await table.locate(found.map(([ordinal]) => Number(ordinal)));
  return located.map(({ line, raw, file }, place) => {
    const [, bad, written] = found[place] ?? [];
    const column = columns[Number(bad)] as FileColumn;
    return { line, raw, column: column.name, cause: causeIn(file, misfitCause(column, String(written))) };
  });
}

/** A cause with the file, where several are one table. */
const causeIn = (file: string | undefined, cause: string): string =>
  file === undefined ? cause : `${file}: ${cause}`;

/** The place of the first column whose cell does not fit; -1 where all do. */
export function firstMisfit(columns: readonly FileColumn[], doubtful: readonly number[]): Sql {
  if (doubtful.length === 0) return sql`-1`;
  const whens = doubtful.map((at) => sql`when ${notLoadable(columns, at)} then ${at}`);
  return sql`(case ${join(whens, sql` `)} else -1 end)`;
}
