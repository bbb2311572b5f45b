import { open } from 'node:fs/promises';
import type { OpenNote } from '../../../../shared/contract/formats.ts';
import { problem, toProblem } from '../../../../shared/problem.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Duck } from '../duck/duck.ts';
import { cellName } from '../duck/relation.ts';
import type { Source } from '../source/source.ts';
import { defineFormat, type ReadRequest, type ReadTable, type Surroundings } from '../table/define-format.ts';
import { noneSkipped } from '../table/file-table.ts';
import { locateRows } from '../table/locate-rows.ts';
import { cutNote, cutWords } from './columnar/cut-moments.ts';
import { duckType } from './columnar/duck-types.ts';
import { type ExactColumns, exactColumns } from './parquet/exact-columns.ts';
import { type Lossy, lossyColumns } from './parquet/lossy-columns.ts';

/** What a quick look reads of a file with columns that DuckDB reads not all of. */
const quickRows = 5000;

export default defineFormat({
  title: 'Parquet',
  recognises: (head) => (['PAR1', 'PARE'].includes(head.toString('latin1', 0, 4)) ? 1 : 0),
  read: readParquet,
});

async function readParquet(source: Source, request: ReadRequest, around: Surroundings): Promise<ReadTable> {
  const { duck } = around;
  await refuseCut(source);
  const described = await describe(source, duck);
  const lossy = await lossyColumns(duck, source.path);
  const places = [...lossy].flatMap(([place, { wide, loses }]) => (wide || loses ? [place] : []));
  const [[total] = []] = await duck.rows(
    sql`select sum(num_rows)::varchar from parquet_file_metadata(${source.path})`,
  );
  const quick = places.length > 0 && request.upTo !== undefined;
  const rows = quick ? Math.min(Number(total), quickRows) : Number(total);
  const exact = places.length > 0 ? await exactColumns(source, places, rows, around) : undefined;
  const columns = described.map(([name, spelled], at) =>
    columnOf(String(name), String(spelled), at, lossy.get(at), exact),
  );
  const relation = { rows: rowsOf(source, columns, exact, quick ? rows : undefined), width: columns.length };
  return {
    format: {
      confidence: 1,
      evidence: 'A Parquet file by its signature; it says the types of its columns itself',
      settings: [],
      open: [
        ...columns.flatMap(({ name, loses }) => (loses ? [{ says: `${name}: ${loses}` }] : [])),
        ...(exact ? places.flatMap((place) => exact.notes(place, columns[place]?.name ?? '')) : []),
        ...(await cutNotes(duck, source, columns)),
      ],
    },
    dialect: null,
    names: columns.map(({ name }) => name),
    known: columns.map(({ type, reason }) => ({ type, reason })),
    relation,
    counts: { physical: rows, good: rows, bad: 0, skippedBy: noneSkipped },
    complete: rows === Number(total),
    locate: (ordinals) => locateRows(duck, relation, ordinals, (ordinal) => ordinal + 1),
  };
}

/** Names and types as DuckDB has them. */
function describe(source: Source, duck: Duck) {
  return duck.rows(sql`describe select * from read_parquet(${source.path})`).catch((thrown) => {
    if (toProblem(thrown).code !== 'bad_input') throw thrown;
    throw problem('bad_input', `${source.name} has the marks of a Parquet file, but is none or damaged.`, {
      hint: 'Write it again, or copy it again from where it came; nothing was imported.',
      at: { file: source.path },
      cause: thrown,
    });
  });
}

interface ParquetColumn {
  readonly name: string;
  readonly type: string;
  readonly reason: string;
  readonly loses?: string | undefined;
  /** Its cells, of the rows that DuckDB reads or of those that stand beside them. */
  readonly cell: Sql;
  readonly cuts?: Sql | undefined;
}

function columnOf(
  name: string,
  said: string,
  at: number,
  lossy: Lossy | undefined,
  exact: ExactColumns | undefined,
): ParquetColumn {
  const place = ident(`p${at}`);
  const read = exact?.at.get(at);
  const { type, text, cuts } = duckType(said);
  const spelled = lossy?.wide
    ? `${/^[A-Z]+\(|\[/.test(said) ? 'a nested type with ' : ''}${lossy.wide}`
    : said;
  const short = spelled.length > 80 ? `${spelled.slice(0, 80)}…` : spelled;
  if (lossy?.wide && !read)
    throw problem(
      'bad_input',
      `"${name}" has ${lossy.wide} beside values of a kind that cannot be read with it.`,
      {
        hint: 'Write that kind (half floats, INT96, intervals, nested keys of maps) as another, or the column by itself.',
        at: { column: name },
      },
    );
  if (read) return { name, type: read.type, reason: `the file says ${short}`, cell: ident(`e${read.cell}`) };
  const loses = lossy?.loses ?? lossy?.cut;
  const told = loses ?? (cuts ? cutWords : undefined);
  const reason = `the file says ${short}${told ? `; ${told}` : ''}`;
  return { name, type, reason, loses, cell: text(place), cuts: cuts?.(place) };
}

/** Every cell as text; what DuckDB would lose comes from rows beside its own, in the same order. */
function rowsOf(
  { path }: Source,
  columns: readonly ParquetColumn[],
  exact: ExactColumns | undefined,
  upTo: number | undefined,
): Sql {
  const cells = columns.map(({ cell }, at) => sql`${cell} as ${ident(cellName(at))}`);
  const places = columns.map((_, at) => ident(`p${at}`));
  const limit = upTo === undefined ? sql`` : sql` limit ${upTo}`;
  const file = sql`(select * from read_parquet(${path})${limit}) as t(${join(places)})`;
  if (!exact) return sql`(select ${join(cells)} from ${file})`;
  const beside = Array.from({ length: exact.relation.width }, (_, at) => ident(`e${at}`));
  return sql`(select ${join(cells)} from ${file} positional join ${exact.relation.rows} as e(${join(beside)}))`;
}

/** What is not kept of columns, such as nanoseconds that are more than zeros. */
async function cutNotes(
  duck: Duck,
  { path }: Source,
  columns: readonly ParquetColumn[],
): Promise<readonly OpenNote[]> {
  const asked = columns.filter(({ cuts }) => cuts);
  if (asked.length === 0) return [];
  const places = columns.map((_, at) => ident(`p${at}`));
  const counts = asked.map(({ cuts }) => sql`sum(${cuts as Sql})::double`);
  const [found = []] = await duck.rows(
    sql`select ${join(counts)} from read_parquet(${path}) as t(${join(places)})`,
  );
  return asked.flatMap(({ name }, place) => cutNote(name, Number(found[place])));
}

/** The signature stands at both ends. */
async function refuseCut({ path, name, bytes }: Source): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, Math.max(0, bytes - 4));
    const mark = buffer.toString('latin1');
    if (mark === 'PAR1') return;
    const locked = mark === 'PARE';
    throw problem(
      'bad_input',
      locked ? `${name} is encrypted Parquet.` : `${name} is cut off: its end is missing.`,
      {
        hint: locked ? 'Write it without encryption.' : 'Copy or download the file again.',
        at: { file: path },
      },
    );
  } finally {
    await file.close();
  }
}
