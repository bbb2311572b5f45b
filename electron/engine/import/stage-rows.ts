import type { FileColumn } from '../../../shared/contract/files.ts';
import type { Progress } from '../../../shared/wire.ts';
import { countRows } from '../files/cells/count-classes.ts';
import type { Duck } from '../files/duck/duck.ts';
import { type Examination, examine } from '../files/examine.ts';
import type { BadRecord } from '../files/records/tidy.ts';
import type { Surroundings } from '../files/table/define-format.ts';
import { EarlyRejects } from './early-rejects.ts';
import { canLoadEarly, EarlyRows } from './early-rows.ts';
import { fillStage } from './fill-stage.ts';
import type { Load } from './load-request.ts';
import { RejectSpool } from './spool-rejects.ts';
import type { Stage } from './stage.ts';

/** What is looked at before rows are loaded on that footing; smaller files are looked at in whole. */
const aheadBytes = 1 << 20;

/** Finds out what a file is and puts its rows on the stage; refuses through `check` what must not go on. */
export async function stageRows(
  load: Load,
  stage: Stage,
  spool: RejectSpool,
  check: (columns: readonly FileColumn[]) => void,
): Promise<Examination> {
  const { source, request, call, duck, scratch } = load;
  const onBad = (bad: readonly BadRecord[]) => spool.add(bad.map((record) => ({ ...record, column: null })));
  const around = { duck, scratch, signal: call.signal, progress: call.progress, onBad };
  const early = await startEarly(load, stage, around);
  try {
    const rows = early?.rows;
    const title = `Loading ${load.target.table}`;
    const progress = (far: Progress) => call.progress(rows ? { ...far, title, rows: rows.rows } : far);
    const found = await examine(source, request, { ...around, ...early?.around, progress });
    check(found.columns);
    const held = early?.rows?.hold(found) ?? false;
    if (held) await spool.keepEarly(found.table.delimited?.survey.endLine ?? Number.MAX_SAFE_INTEGER);
    else await fill(load, early?.rows ? await readable(duck, found) : found, stage, spool);
    await spool.flush();
    return held && early?.rows ? withNulls(found, early.rows) : found;
  } finally {
    await early?.rows?.stop();
  }
}

async function startEarly({ source, request, duck }: Load, stage: Stage, around: Surroundings) {
  if (source.bytes <= aheadBytes || source.parts) return undefined;
  const onBad = () => {};
  const { allText, nulls = {} } = request.choices;
  const glance = Object.keys(nulls).length === 0;
  const ahead = await examine(source, { ...request, upTo: aheadBytes }, { ...around, onBad, glance });
  const { table, columns } = ahead;
  // Lines of a copy are told as those of the file at the end only.
  if (!table.delimited || table.dialect?.spelling || !canLoadEarly(ahead, allText))
    return { around: { ahead: table }, rows: undefined };
  const { marks } = table.delimited.sniffed;
  const rejects = new EarlyRejects(new RejectSpool(stage, true));
  const rows = new EarlyRows({ stage, duck, columns, marks, allText, rejects });
  await stage.begin(columns);
  return { around: { ahead: table, passenger: rows }, rows };
}

const withNulls = (found: Examination, rows: EarlyRows): Examination => ({
  ...found,
  columns: found.columns.map((column, at) => {
    const readAsNull = rows.nullsIn(at);
    return readAsNull.length > 0 ? { ...column, readAsNull } : { ...column, bare: true };
  }),
});

/** Rows that went in early were counted by PostgreSQL; now DuckDB must find as many. */
async function readable(duck: Duck, found: Examination): Promise<Examination> {
  const { table } = found;
  const rows = await countRows(duck, table.relation).catch(() => undefined);
  return rows === table.counts.good ? found : { ...found, table: (await table.slowly?.()) ?? table };
}

async function fill(load: Load, found: Examination, stage: Stage, spool: RejectSpool): Promise<void> {
  const { call, duck, request, target } = load;
  const title = `Loading ${target.table}`;
  await stage.begin(found.columns);
  await fillStage(found, {
    duck,
    stage,
    spool,
    // In delimited text nothing and an empty text are alike; elsewhere null is null.
    allText: request.choices.allText && found.table.dialect !== null,
    signal: call.signal,
    onRows: (done) => call.progress({ title, done, total: found.table.counts.good, unit: 'rows' }),
  });
}
