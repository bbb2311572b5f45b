import type { Finding, TableChecks } from '../../../shared/contract/checks.ts';
import { checks } from '../../../shared/registry.ts';
import { sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { readSurroundings } from '../pipelines/plan/plan-pipeline.ts';
import { loadParser, relationsIn } from '../pipelines/sql/read-relations.ts';
import { maskedReason, maskedRow } from './detect/masked-reason.ts';
import { withoutMeasured } from './drafts.ts';
import { measuresPrivate, privateColumns } from './private-columns.ts';
import type { PlacedColumn } from './remembered-privacy.ts';
import { tablesUnder } from './tables-under.ts';
import { isUnsure } from './unsure-lineage.ts';

/** What of a kept finding may quote values. */
type Quoting = Pick<
  Finding,
  'id' | 'table' | 'kind' | 'relation' | 'verdict' | 'value' | 'bounds' | 'reason' | 'sql' | 'sample'
> & { readonly params: Readonly<Record<string, unknown>>; readonly measured: boolean };

/**
 * Takes the values of columns that have become private out of the findings that are kept: out of samples, errors and
 * what was measured. Of rows that are made of others everything is taken where they read such a table.
 */
export async function erasePrivate(
  session: Session,
  known: readonly TableChecks[],
  fresh: readonly PlacedColumn[],
): Promise<void> {
  if (fresh.length === 0) return;
  const hidden = new Map<string, Set<string>>();
  for (const { table, column } of fresh) hidden.set(table, (hidden.get(table) ?? new Set()).add(column));
  const findings = await session.query<Quoting>(sql`
    select id::float8 as id, table_name as table, kind, relation, verdict, value, bounds, reason, sql, sample, params,
      unit is not null as measured
    from assay.data_quality_checks where value is not null or reason is not null or sample <> '[]' order by id`);
  const readers = await readersOf(session, findings, [...hidden.keys()]);
  const now = withPrivate(known, fresh);
  for (const finding of findings) {
    const columns = readers.has(relationKey(finding)) ? 'all' : hidden.get(finding.table);
    if (!columns) continue;
    await keep(session, finding, await without(session, finding, columns, now));
  }
}

const withPrivate = (
  known: readonly TableChecks[],
  fresh: readonly PlacedColumn[],
): readonly TableChecks[] => [
  ...known,
  ...fresh.map(({ table, column }) => ({
    table,
    file: '',
    columns: [{ name: column, private: true }],
    rules: [],
    others: 0,
    problems: [],
  })),
];

const relationKey = ({ table, relation }: Pick<Quoting, 'table' | 'relation'>): string =>
  JSON.stringify([table, relation]);

/** The views and SELECTs among what was checked that read one of these tables, or of which that cannot be told. */
async function readersOf(
  session: Session,
  findings: readonly Quoting[],
  tables: readonly string[],
): Promise<ReadonlySet<string>> {
  await loadParser();
  const around = await readSurroundings(session);
  const relations = new Map(findings.map((one) => [relationKey(one), one]));
  const found = new Set<string>();
  for (const [key, { table, relation }] of relations) {
    if (relation === null && tables.includes(table)) continue;
    const read = await tablesUnder(session, relation === null ? [table] : [...relationsIn(relation).own]);
    const unsure = relation !== null && isUnsure(relation, around);
    if (unsure || tables.some((name) => read.includes(name))) found.add(key);
  }
  return found;
}

type Shown = Pick<Quoting, 'value' | 'bounds' | 'reason' | 'sample'>;

async function without(
  session: Session,
  finding: Quoting,
  columns: ReadonlySet<string> | 'all',
  known: readonly TableChecks[],
): Promise<Shown> {
  const { kind, params, measured, table, verdict, reason, sample, value } = finding;
  const hidden = sample.map((row) => maskedRow(row, columns));
  if (verdict === 'error') return { ...finding, sample: hidden, reason: reason && withoutWords(reason) };
  const counts = checks.get(kind)?.counts?.(params as never) ?? false;
  const telling = measured && !counts && value !== null && finding.sql !== null;
  const shy = telling && (await measuresPrivate(session, finding.sql ?? '', privateColumns(known, table)));
  if (!shy) return { ...finding, sample: hidden };
  const { value: none, bounds, reason: said } = withoutMeasured(finding);
  return { value: none, bounds, reason: said, sample: hidden };
}

/** An error without what PostgreSQL said, whether it is in quotes or not. */
const withoutWords = (reason: string): string =>
  maskedReason(reason.replace(/PostgreSQL says: .*$/s, 'What PostgreSQL said is no longer shown.'));

async function keep(
  session: Session,
  { id }: Quoting,
  { value, bounds, reason, sample }: Shown,
): Promise<void> {
  await session.run(sql`
    update assay.data_quality_checks set value = ${value}::float8, reason = ${reason},
      bounds = ${bounds === null ? null : JSON.stringify(bounds)}::text::jsonb,
      sample = ${JSON.stringify(sample)}::text::jsonb
    where id = ${id}`);
}
