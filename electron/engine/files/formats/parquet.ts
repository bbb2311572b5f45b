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
import { wideDecimals } from './columnar/wide-decimals.ts';

export default defineFormat({
  title: 'Parquet',
  recognises: (head) => (['PAR1', 'PARE'].includes(head.toString('latin1', 0, 4)) ? 1 : 0),
  read: readParquet,
});

async function readParquet(
  source: Source,
  _request: ReadRequest,
  { duck }: Surroundings,
): Promise<ReadTable> {
  await refuseCut(source);
  const file = sql`read_parquet(${source.path})`;
  const described = await duck.rows(sql`describe select * from ${file}`).catch((thrown) => {
    if (toProblem(thrown).code !== 'bad_input') throw thrown;
    throw problem('bad_input', `${source.name} has the marks of a Parquet file, but is none or damaged.`, {
      hint: 'Write it again, or copy it again from where it came; nothing was imported.',
      at: { file: source.path },
      cause: thrown,
    });
  });
  const wide = await wideDecimals(duck, source.path);
  const columns = described.map(([name, spelled], at) => ({
    name: String(name),
    ...spelledType(String(spelled), wide.get(at)),
  }));
  const places = columns.map((_, at) => ident(`p${at}`));
  const cells = columns.map(({ text }, at) => sql`${text(ident(`p${at}`))} as ${ident(cellName(at))}`);
  const relation = {
    rows: sql`(select ${join(cells)} from ${file} as t(${join(places)}))`,
    width: columns.length,
  };
  const [[count] = []] = await duck.rows(
    sql`select sum(num_rows)::varchar from parquet_file_metadata(${source.path})`,
  );
  const rows = Number(count);
  return {
    format: {
      confidence: 1,
      evidence: 'A Parquet file by its signature; it says the types of its columns itself',
      settings: [],
      open: await cutNotes(duck, file, columns),
    },
    dialect: null,
    names: columns.map(({ name }) => name),
    known: columns.map(({ type, reason }) => ({ type, reason })),
    relation,
    counts: { physical: rows, good: rows, bad: 0, skippedBy: noneSkipped },
    complete: true,
    locate: (ordinals) => locateRows(duck, relation, ordinals, (ordinal) => ordinal + 1),
  };
}

/** What is not kept of columns, such as nanoseconds that are more than zeros. */
async function cutNotes(
  duck: Duck,
  file: Sql,
  columns: readonly { readonly name: string; readonly loses?: string | undefined }[],
): Promise<readonly OpenNote[]> {
  const others = columns.flatMap(({ name, loses }) =>
    loses && loses !== cutWords ? [{ says: `${name}: ${loses}` }] : [],
  );
  const asked = columns.flatMap(({ loses }, at) => (loses === cutWords ? [at] : []));
  if (asked.length === 0) return others;
  const places = columns.map((_, at) => ident(`p${at}`));
  const counts = asked.map((at) => sql`count_if(epoch_ns(${ident(`p${at}`)}) % 1000 <> 0)::double`);
  const [found = []] = await duck.rows(sql`select ${join(counts)} from ${file} as t(${join(places)})`);
  return [...others, ...asked.flatMap((at, place) => cutNote(columns[at]?.name ?? '', Number(found[place])))];
}

function spelledType(said: string, wide: string | undefined) {
  const { type, text, loses: lost } = duckType(said);
  const loses = wide ? `${wide} has more than 38 digits: floating point keeps about 15 of them` : lost;
  const spelled = wide ?? said;
  const short = spelled.length > 80 ? `${spelled.slice(0, 80)}…` : spelled;
  return { type, text, loses, reason: `the file says ${short}${loses ? `; ${loses}` : ''}` };
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
