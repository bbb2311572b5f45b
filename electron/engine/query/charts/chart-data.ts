import {
  cutColumns,
  type Extent,
  extentsSql,
  marksSql,
  mostMarks,
  planChannels,
  usedChannels,
} from '../../../../shared/chart-sql.ts';
import { type Column, rowColumn } from '../../../../shared/column.ts';
import type { Chart, ChartData, ChartSource } from '../../../../shared/contract/charts.ts';
import { count } from '../../../../shared/number-words.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, type Sql, sql, subselect, toText } from '../../../../shared/sql.ts';
import type { Database, Session } from '../../database/database.ts';

/** What a chart reads, to stand in FROM. */
const fromOf = (source: ChartSource): Sql =>
  'table' in source ? ident('public', String(source.table)) : subselect(String(source.query));

/** The columns that a chart can show. */
export async function chartColumns(session: Session, source: ChartSource): Promise<readonly Column[]> {
  const columns = await session.describe(sql`select * from ${fromOf(source)} as source`);
  return columns.filter(({ name }) => name !== rowColumn);
}

/** The marks of a chart: binned, grouped and counted in the database, never more than some thousand. */
export async function chartData(database: Database, chart: Chart, signal: AbortSignal): Promise<ChartData> {
  return database.transaction({ title: `Drawing ${chart.name}`, signal }, async (session) => {
    await session.run(sql`set transaction read only`);
    const from = fromOf(chart.source);
    const columns = await chartColumns(session, chart.source);
    refuseStrange(chart, columns);
    if (usedChannels(chart).length === 0)
      throw problem('bad_input', 'The chart shows nothing yet.', { hint: 'Put a column on x or y.' });
    const planned = planChannels(chart, columns, await extentsOf(session, from, cutColumns(chart, columns)));
    const every = planned.some(({ measure }) => measure) ? 1 : await thinning(session, from);
    const statement = marksSql(from, planned, every);
    const { bytes, rows, more } = await session.written(toText(statement), mostMarks);
    if (!bytes) throw problem('bad_input', 'The query of the chart gives no rows.');
    return {
      bytes,
      marks: rows,
      channels: planned.map(({ shown }) => shown),
      notes: notesOf(more, every),
      sql: toText(statement),
    };
  });
}

function refuseStrange(chart: Chart, columns: readonly Column[]): void {
  for (const [channel, { field }] of usedChannels(chart)) {
    if (field === undefined || columns.some(({ name }) => name === field)) continue;
    throw problem('not_found', `There is no column "${field}" to show on ${channel}.`, {
      hint: 'Choose another column, or take it off the chart.',
      at: { column: field },
    });
  }
}

async function extentsOf(
  session: Session,
  from: Sql,
  columns: readonly Column[],
): Promise<Map<string, Extent>> {
  if (columns.length === 0) return new Map();
  const found = await session.one<Record<string, number | null>>(extentsSql(from, columns));
  return new Map(
    columns.map(({ name }, at) => [
      name,
      { low: found[`low${at}`] ?? null, high: found[`high${at}`] ?? null },
    ]),
  );
}

/** Every how manieth row is shown. */
async function thinning(session: Session, from: Sql): Promise<number> {
  const { rows } = await session.one<{ rows: number }>(
    sql`select count(*)::float8 as rows from ${from} as source`,
  );
  return Math.max(1, Math.ceil(rows / mostMarks));
}

function notesOf(cut: boolean, every: number): readonly string[] {
  const notes: string[] = [];
  if (every > 1) notes.push(`a sample: one row of every ${count(every)}`);
  if (cut) notes.push('the first of more; use fewer groups');
  return notes;
}
