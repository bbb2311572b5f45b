import type { Page } from '../../../shared/contract/tables.ts';
import { problem, stopIfCancelled } from '../../../shared/problem.ts';
import { ident, type Sql, sql, subselect } from '../../../shared/sql.ts';
import type { Database, Session } from '../database/database.ts';
import { type KnownTable, knownTable } from '../database/known-table.ts';
import { addressAndColumns, type Slice } from './page-table.ts';

/** The addresses of so many bad rows are kept at hand; those beyond are looked for page by page. */
const mostKept = 100_000;

/** A bad row, and which of its cells break the rule; null where all that are marked do. */
interface BadRow {
  readonly row: number;
  readonly cells: readonly string[] | null;
}

interface BadRows {
  readonly key: string;
  readonly rows: readonly BadRow[];
  readonly total: number;
}

/** Pages through the rows that broke a rule; which ones is asked once while the table stays as it is. */
export class FindingPages {
  #last: BadRows | undefined;

  page(database: Database, finding: number, { offset, limit }: Slice, signal: AbortSignal): Promise<Page> {
    return database.use({ title: 'Reading failing rows' }, async (session) => {
      stopIfCancelled(signal, 'Nobody waits for this page any more; it was not read.');
      const { table, select, from } = await findingOf(session, finding);
      const bad = await this.#badRows(session, finding, table, select);
      const beyond = offset + limit > bad.rows.length && bad.rows.length < bad.total;
      const page = beyond
        ? await addresses(session, select, offset, limit)
        : bad.rows.slice(offset, offset + limit);
      const wanted = `{${page.map(({ row }) => row).join(',')}}`;
      const { bytes, rows } = await session.rows(sql`
        select ${addressAndColumns(table)} from ${from} as t
        where t._row = any(${wanted}::bigint[]) order by t._row`);
      // A row that is gone meanwhile would shift the others: then all that is marked counts.
      const marks = rows === page.length ? { marks: page.map(({ cells }) => cells) } : {};
      return { bytes, rows, offset, total: bad.total, ...marks };
    });
  }

  async #badRows(session: Session, finding: number, table: Looked, select: string): Promise<BadRows> {
    const key = `${finding}:${table.state}`;
    if (this.#last?.key !== key) {
      const rows = await addresses(session, select, 0, mostKept);
      const total = rows.length < mostKept ? rows.length : await countOf(session, select);
      this.#last = { key, rows, total };
    }
    return this.#last;
  }
}

async function addresses(
  session: Session,
  select: string,
  offset: number,
  limit: number,
): Promise<readonly BadRow[]> {
  const yielded = await session.describe(sql`select * from ${subselect(select)} as q`);
  const cells = yielded.some(({ name }) => name === '_cells') ? sql`to_jsonb(q._cells)` : sql`null::jsonb`;
  return session.query<BadRow>(
    sql`select distinct on (q._row) q._row::float8 as row, ${cells} as cells from ${subselect(select)} as q
      where q._row is not null order by q._row offset ${offset} limit ${limit}`,
  );
}

async function countOf(session: Session, select: string): Promise<number> {
  const { total } = await session.one<{ total: number }>(
    sql`select count(distinct q._row)::float8 as total from ${subselect(select)} as q`,
  );
  return total;
}

interface FoundFinding {
  readonly table: string;
  readonly select: string | null;
  readonly relation: string | null;
  readonly measured: boolean;
}

type Looked = Pick<KnownTable, 'columns' | 'state'>;

/** The rows of a query or a step as they are now. */
async function rowsOf(session: Session, relation: string): Promise<{ table: Looked; from: Sql }> {
  const from = subselect(relation);
  const { state } = await session.one<{ state: string }>(
    sql`select coalesce(string_agg(name || ':' || version, ' ' order by name), '') as state from assay.tables`,
  );
  return { table: { columns: await session.describe(sql`select * from ${from} as q`), state }, from };
}

async function findingOf(session: Session, finding: number) {
  const found = await session.maybeOne<FoundFinding>(sql`
    select table_name as table, sql as select, relation, unit is not null as measured
    from assay.data_quality_checks where id = ${finding}`);
  if (!found)
    throw problem('not_found', `There is no finding ${finding}.`, { hint: 'Run the checks again.' });
  if (found.select === null || found.measured) {
    throw problem(
      'bad_input',
      'This rule is about the whole table, not about rows: it has no failing rows to show.',
    );
  }
  const { table: name, select, relation } = found;
  if (relation !== null) return { ...(await rowsOf(session, relation)), select };
  return { table: await knownTable(session, name), select, from: ident('public', name) };
}
