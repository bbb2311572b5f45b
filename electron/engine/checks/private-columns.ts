import { userColumns } from '../../../shared/column.ts';
import type { Finding, TableChecks } from '../../../shared/contract/checks.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { ident, type Sql, sql, toText } from '../../../shared/sql.ts';
import type { Database, Session } from '../database/database.ts';
import { knownAround, tableNode } from '../pipelines/lineage/pipeline-lineage.ts';
import { queryLineage } from '../pipelines/lineage/query-lineage.ts';
import { origin, originOf } from '../pipelines/lineage/reach.ts';
import { knownViews } from '../pipelines/plan/known-tables.ts';
import { readSurroundings, type Surroundings } from '../pipelines/plan/plan-pipeline.ts';
import { loadParser, relationsIn } from '../pipelines/sql/read-relations.ts';
import type { CheckedTable } from './checked-table.ts';
import { maskedRow } from './detect/masked-reason.ts';
import { tablesUnder } from './tables-under.ts';
import { isUnsure } from './unsure-lineage.ts';

/**
 * The columns of a table whose values are shown to nobody. What is private in a table is so in a query or a step, by
 * whichever way it came there.
 */
export function privateIn(known: readonly TableChecks[], table: string): ReadonlySet<string> {
  const own = known.filter((one) => one.table === table);
  const asked = own.some(({ of }) => of) ? known : own;
  const columns = asked.flatMap((one) => one.columns);
  return new Set(columns.filter((column) => column.private).map(({ name }) => name));
}

/**
 * The columns of a table or view whose values are told to nobody. Of a view that reads a table with a private column these
 * are all, for which of them hold its values is not told apart.
 */
export async function hiddenColumns(
  database: Database,
  known: readonly TableChecks[],
  name: string,
): Promise<string[]> {
  const views = await database.use({ title: 'Reading views', reads: true }, knownViews);
  const view = views.get(name);
  const isPrivate = view?.reads.some((table) => privateIn(known, table).size > 0) ?? false;
  return view && isPrivate ? view.columns.map((column) => column.name) : [...privateIn(known, name)];
}

/** Why nothing is told of tables whose files cannot be read, a problem for each. */
export const unreadableTables = (known: readonly TableChecks[]): readonly Problem[] =>
  known.flatMap(({ table, file, unreadable, problem: failed }) =>
    unreadable && failed
      ? [
          problem('bad_input', `Which columns of ${table} are private is not known: ${failed.message}`, {
            hint: 'Mend the file; until then no values of the table are shown here.',
            at: { file, table },
          }).problem,
        ]
      : [],
  );

/** Columns whose values are shown to nobody: of the table itself, and of any, for rows that are made of others. */
export interface PrivateColumns {
  readonly own: ReadonlySet<string>;
  readonly anywhere: ReadonlySet<string>;
  /** The same with their tables, as lineage names them. */
  readonly origins: ReadonlySet<string>;
}

export const nothingPrivate: PrivateColumns = { own: new Set(), anywhere: new Set(), origins: new Set() };

/** The private columns that rules on these rows may meet. */
export function privateColumns(known: readonly TableChecks[], table: string): PrivateColumns {
  const all = known.flatMap((one) =>
    one.columns.filter((column) => column.private).map(({ name }) => ({ of: one.table, name })),
  );
  return {
    own: privateIn(known, table),
    anywhere: new Set(all.map(({ name }) => name)),
    origins: new Set(all.map(({ of, name }) => origin(tableNode(of), name))),
  };
}

/** A kept finding as it may be shown: its sample without values of columns that are private now. */
export function withoutPrivate(finding: Finding, known: readonly TableChecks[]): Finding {
  const hidden = privateIn(known, finding.table);
  if (hidden.size === 0 || finding.sample.length === 0) return finding;
  return { ...finding, sample: finding.sample.map((row) => maskedRow(row, hidden)) };
}

/**
 * The private columns of rows that are made of others: those called like one, and those whose values come from one. All
 * of them where that cannot be told and a table with private columns may be among what is read.
 */
export async function privateOutputs(
  session: Session,
  { name, relation, columns: all }: Pick<CheckedTable, 'name' | 'relation' | 'columns'>,
  { anywhere, origins }: PrivateColumns,
): Promise<ReadonlySet<string>> {
  if (origins.size === 0) return anywhere;
  const select = relation ?? sql`select * from ${ident('public', name)}`;
  const outputs = userColumns(all).map((column) => column.name);
  const found = await lineageOf(session, toText(select));
  if (found.unsure) return new Set([...anywhere, ...outputs]);
  const comes = new Map(found.columns?.map(([column, { value }]) => [column, value]));
  const untold =
    outputs.some((column) => !comes.has(column)) && (await readsPrivate(session, select, origins));
  const made = outputs.filter((column) => {
    const values = comes.get(column);
    return values ? [...values].some((one) => origins.has(one)) : untold;
  });
  return new Set([...anywhere, ...made]);
}

/** True where the one value that a SELECT measures is made of a private column, or that cannot be told. */
export async function measuresPrivate(
  session: Session,
  select: string,
  { origins }: PrivateColumns,
): Promise<boolean> {
  if (origins.size === 0) return false;
  const { unsure, columns } = await lineageOf(session, select);
  const [measured] = columns ?? [];
  return unsure || !measured || [...measured[1].value].some((one) => origins.has(one));
}

/** True where a table that has private columns is among those that are read. */
async function readsPrivate(
  session: Session,
  select: Sql,
  origins: PrivateColumns['origins'],
): Promise<boolean> {
  const owners = new Set([...origins].map((one) => originOf(one)[0]));
  const read = await tablesUnder(session, [...relationsIn(toText(select)).own]);
  return read.some((table) => owners.has(tableNode(table)));
}

async function lineageOf(session: Session, select: string) {
  await loadParser();
  const around = await readSurroundings(session);
  const views = [...viewsUnder(select, around)];
  return {
    unsure: [select, ...views].some((text) => isUnsure(text, around)),
    columns: queryLineage(select, knownAround(around)),
  };
}

/** The texts of all views that a query reads, those under views too. */
function viewsUnder(
  select: string,
  { views }: Pick<Surroundings, 'views'>,
  seen = new Set<string>(),
): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const name of relationsIn(select).own) {
    const view = seen.has(name) ? undefined : views.get(name);
    if (!view) continue;
    seen.add(name);
    texts.add(view.definition);
    for (const text of viewsUnder(view.definition, { views }, seen)) texts.add(text);
  }
  return texts;
}
