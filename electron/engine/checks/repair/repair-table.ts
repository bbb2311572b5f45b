import type { Repair, Repairs } from '../../../../shared/contract/repairs.ts';
import { problem } from '../../../../shared/problem.ts';
import { checks } from '../../../../shared/registry.ts';
import { ident, sql, subselect } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database, Session } from '../../database/database.ts';
import type { ColumnarTable } from '../detect/columnar.ts';
import { columnarOf } from '../detect/detect-table.ts';
import { maskedReason } from '../detect/masked-reason.ts';
import { suspectCells } from '../detect/suspect-cells.ts';
import { type Rejection, rejectionKey } from '../suggest/rejected.ts';
import { stableFixes } from './corrections.ts';
import { type Doubt, proposeFixes } from './propose-fixes.ts';
import { quotedColumns } from './quoted-columns.ts';

/** What to mend: all that looks wrong, or the cells that one finding is about. */
export interface RepairRequest {
  readonly table: string;
  readonly finding?: number | undefined;
  readonly least?: number | undefined;
  /** Private columns. */
  readonly hidden: ReadonlySet<string>;
  readonly rejected: readonly Rejection[];
}

/** Cells that look wrong at all are worth a fix that is likely. */
const usualDoubt = 0.4;
/** How likely a cell of a bad row is the wrong one where the rule is about several columns. */
const oneOfSeveral = 0.6;
const mostRows = 100_000;
const mostAllowed = 20_000;

/** Fixes of a table's wrong cells; nothing is changed. */
export async function repairTable(
  database: Database,
  { table: name, finding, least, hidden, rejected }: RepairRequest,
  context: CallContext,
): Promise<Repairs> {
  const { table, rows } = await columnarOf(database, name, context);
  const broken =
    finding === undefined
      ? undefined
      : await database.use(
          { title: `Reading what breaks a rule of ${name}`, priority: 'background', signal: context.signal },
          (session) => brokenBy(session, name, finding),
        );
  const doubts = doubtsOf(table, broken);
  const fixes = proposeFixes(table, doubts, broken?.allowed);
  const unwanted = new Set(rejected.map(rejectionKey));
  const repairs = stableFixes(table, fixes).flatMap(({ fix, correction, reach }): Repair[] => {
    if (unwanted.has(rejectionKey({ table: name, kind: 'repair', params: correction }))) return [];
    const { row, column, to, confidence, reason } = fix;
    const cells = table.columns.find((one) => one.name === column);
    const from = cells?.values[cells.codes[row] ?? -1] ?? null;
    const told = hidden.has(column) ? maskedReason(reason) : reason;
    const place = { row: table.rows[row] ?? row, column };
    const cell = { ...place, private: hidden.has(column), quotes: quotedColumns(correction, hidden) };
    return [{ ...cell, from, to, confidence, reason: told, correction, reach }];
  });
  return {
    table: name,
    rows,
    rowsRead: table.rows.length,
    suspects: doubts.length,
    repairs: repairs
      .filter(({ confidence }) => confidence >= (least ?? 0))
      .toSorted((a, b) => b.confidence - a.confidence || a.row - b.row),
  };
}

/** The rows that a finding is about, with what its rule allows. */
interface Broken {
  /** Which of their cells offend, where not all that the rule marks do. */
  readonly rows: ReadonlyMap<number, readonly string[] | null>;
  readonly columns: readonly string[];
  readonly allowed: ReadonlyMap<string, readonly string[]>;
}

function doubtsOf(table: ColumnarTable, broken: Broken | undefined): Doubt[] {
  const places = new Map([...table.rows].map((row, place) => [row, place]));
  const suspects = suspectCells(table, undefined, undefined, usualDoubt).map(({ row, column, score }) => ({
    row: places.get(row) ?? -1,
    column,
    score,
  }));
  if (!broken) return suspects;
  const scores = new Map(suspects.map(({ row, column, score }) => [`${row} ${column}`, score]));
  return [...broken.rows].flatMap(([row, cells]) => {
    const place = places.get(row);
    if (place === undefined) return [];
    const offending = cells ?? broken.columns;
    const sure = offending.length === 1 ? 1 : oneOfSeveral;
    return [...new Set([...offending, ...broken.columns])].flatMap((column) => {
      const found = scores.get(`${place} ${column}`) ?? 0;
      const score = Math.max(offending.includes(column) ? sure : 0, found);
      return score > 0 ? [{ row: place, column, score }] : [];
    });
  });
}

interface KeptFinding {
  readonly table: string;
  readonly select: string | null;
  readonly measured: boolean;
  readonly kind: string;
  readonly columns: readonly string[];
  readonly params: Readonly<Record<string, unknown>>;
}

async function brokenBy(session: Session, name: string, finding: number): Promise<Broken> {
  const kept = await session.maybeOne<KeptFinding>(sql`
    select table_name as table, sql as select, unit is not null as measured, kind, columns, params
    from assay.data_quality_checks where id = ${finding}`);
  if (!kept || kept.table !== name) {
    throw problem('not_found', `There is no finding ${finding} on "${name}".`, {
      hint: 'Run the checks again.',
    });
  }
  if (kept.select === null || kept.measured) {
    throw problem('bad_input', 'This rule is about the whole table, not about rows: no cell can be mended.');
  }
  const rows = await session.query<{ row: number; cells: readonly string[] | null }>(sql`
    select distinct on (q._row) q._row::float8 as row, nullif(to_jsonb(q.*) -> '_cells', 'null') as cells
    from ${subselect(kept.select)} as q where q._row is not null limit ${mostRows}`);
  return {
    rows: new Map(rows.map(({ row, cells }) => [row, cells])),
    columns: kept.columns,
    allowed: await allowedBy(session, kept),
  };
}

/** The values that a rule allows in its column. */
async function allowedBy(
  session: Session,
  { kind, params }: KeptFinding,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const allowed = checks.get(kind)?.allows?.(params as never);
  if (!allowed) return new Map();
  if ('values' in allowed) return new Map([[allowed.column, allowed.values]]);
  const { table, column } = allowed.from;
  const found = await session.query<{ value: string }>(sql`
    select distinct ${ident(column)}::text as value from ${ident('public', table)}
    where ${ident(column)} is not null limit ${mostAllowed + 1}`);
  return found.length > mostAllowed
    ? new Map()
    : new Map([[allowed.column, found.map(({ value }) => value)]]);
}
