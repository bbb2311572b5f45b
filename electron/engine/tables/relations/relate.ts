import { setImmediate } from 'node:timers/promises';
import { type Column, isMoment, isNumeric } from '../../../../shared/column.ts';
import type { Relations } from '../../../../shared/contract/relations.ts';
import { stopIfCancelled } from '../../../../shared/problem.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import { pickedRows } from '../profile/picked-rows.ts';
import type { Asked } from '../profile/profile-column.ts';
import type { Reading } from '../profile/readings.ts';
import { correlate, type NumberColumn } from './correlate.ts';
import { coded, type DecidingColumn, dependenciesIn } from './decide.ts';
import { missingOf } from './missing.ts';
import { nearZero } from './near-zero.ts';

/** So many rows say how columns go together, to two places. */
const sampleRows = 20_000;
const mostNumbers = 40;
const mostCompared = 60;
const mostMissing = 64;
const longest = 200;
/** How long others wait at most, in milliseconds. */
const breath = 12;

/** A table to be related in itself: where its columns are asked, and where the nulls of all of them are. */
export interface Related {
  readonly table: string;
  readonly rows: number;
  readonly asked: Asked;
  readonly readings: readonly Reading[];
  readonly nulls: { readonly asked: Asked; readonly columns: readonly NullColumn[] };
}

/** A column, and what is null where it is. */
export interface NullColumn {
  readonly name: string;
  readonly value: Sql;
}

/** What the columns of a table have to do with one another. */
export async function relate(related: Related, signal: AbortSignal): Promise<Relations> {
  const { table, rows, asked, readings, nulls } = related;
  const pause = breather(signal);
  const looked = readings.slice(0, mostCompared);
  const share = Math.min(1, sampleRows / Math.max(rows, 1));
  const sample = await readSample(asked, looked, share);
  const numbers = sample.numbers.slice(0, mostNumbers);
  const correlations = await correlate(numbers, pause);
  const dependencies = await dependenciesIn(asked, sample.deciding, pause);
  const gaps = nulls.columns.slice(0, mostMissing);
  const isNull = gaps.map(({ name, value }) => ({ name, isNull: sql`${value} is null` }));
  return {
    table,
    rows,
    sampled: share < 1 ? sample.rows : null,
    compared: looked.map(({ column }) => column.name),
    correlations,
    uncorrelated: readings.filter(({ place }) => place).length - numbers.length,
    dependencies,
    missing: await missingOf(nulls.asked, isNull),
    leftOut: leftOut(readings, nulls.columns),
  };
}

/** Columns that are compared with no other one, or not in where they are null. */
function leftOut(readings: readonly Reading[], nulls: readonly NullColumn[]): number {
  const uncompared = readings.slice(mostCompared).map(({ column }) => column.name);
  return new Set([...uncompared, ...nulls.slice(mostMissing).map(({ name }) => name)]).size;
}

/** The columns in their order, or with one of them in front that so many come before that it would be left out. */
export function broughtForward(columns: readonly Column[], about: string | undefined): readonly Column[] {
  const at = columns.findIndex(({ name }) => name === about);
  const column = columns[at];
  if (!column) return columns;
  const before = columns.slice(0, at);
  const left = isPlaced(column.type) && before.filter(({ type }) => isPlaced(type)).length >= mostNumbers;
  return at >= mostCompared || left ? [column, ...columns.toSpliced(at, 1)] : columns;
}

const isPlaced = (type: string) => isNumeric(type) || isMoment(type);

interface Sample {
  readonly rows: number;
  readonly numbers: readonly NumberColumn[];
  readonly deciding: readonly DecidingColumn[];
}

async function readSample(asked: Asked, readings: readonly Reading[], share: number): Promise<Sample> {
  if (readings.length === 0) return { rows: 0, numbers: [], deciding: [] };
  const cells = readings.map((_, at) => ident(`v${at}`));
  const texts = readings.map(({ written }, at) => sql`left(${written(cells[at] as Sql)}, ${longest}::int)`);
  const placed = readings.flatMap((reading) => (reading.place ? [{ reading, place: reading.place }] : []));
  const places = placed.map(({ place }, at) => sql`${place} as ${ident(`p${at}`)}`);
  const values = readings.map(({ value }, at) => sql`${value} as ${cells[at] as Sql}`);
  const shown = [...texts, ...placed.map((_, at) => ident(`p${at}`))];
  const picked = share < 1 ? sql` where ${pickedRows(share)}` : sql``;
  const rows = await asked.rows(sql`
    select ${join(shown.map((one) => sql`cast(${one} as varchar)`))} from (
      select ${join([sql`_row`, ...values, ...places])} from ${asked.from}${asked.where}) as c${picked} order by _row`);
  const column = (at: number) => rows.map((row) => row[at] ?? null);
  return {
    rows: rows.length,
    numbers: placed.map(({ reading }, at) => ({
      name: reading.column.name,
      numbers: nearZero(column(readings.indexOf(reading)), doubles(column(readings.length + at))),
    })),
    deciding: readings.map(({ column: { name, type }, value }, at) => ({
      name,
      value,
      coded: coded(type, column(at)),
    })),
  };
}

const doubles = (texts: readonly (string | null)[]) =>
  Float64Array.from(texts, (text) => (text === null ? NaN : Number(text)));

/** Lets what waits in this process have its turn, now and then; refuses to go on where nobody waits any more. */
function breather(signal: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    stopIfCancelled(signal, 'What columns have in common was not finished.');
    if (performance.now() - since < breath) return;
    await setImmediate();
    since = performance.now();
  };
}
