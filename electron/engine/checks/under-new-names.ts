import { relative } from 'node:path';
import type { TableChecks } from '../../../shared/contract/checks.ts';
import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import type { Database, Session } from '../database/database.ts';
import { renamedTables } from '../pipelines/plan/known-tables.ts';
import { relationNames } from '../tables/table-snapshot.ts';
import { laterNames } from './later-names.ts';
import type { PlacedColumn, Remembered, ToldColumn } from './remembered-privacy.ts';

/** What a file says of a table by a name that it had, and the same by one that it has now. */
export interface CalledNow {
  readonly was: TableChecks;
  readonly now: TableChecks;
}

/**
 * What files say of tables that have another name now, and that they do not call by it: what is private stays so, beside
 * what other files say. Its file could not be written, is older than the name, or is about to be written.
 */
export async function underNewNames(
  database: Database,
  known: readonly TableChecks[],
  { dir, told }: Pick<Remembered, 'told'> & { readonly dir: string },
): Promise<CalledNow[]> {
  if (known.length === 0) return [];
  return database.use({ title: 'Reading names', reads: true }, async (session) => {
    const names = await readNames(session);
    if (names.last.size === 0 && names.moved.length === 0) return [];
    const open = [...told, ...names.moved].filter(
      (column) => names.there.has(column.table) && !isSaid(known, column),
    );
    return known
      .filter(({ of }) => !of)
      .flatMap((was) => {
        const file = relative(dir, was.file);
        const held = open.filter((column) => column.file === file && isHeld(was, column, names));
        const now = held.length > 0 ? held.map(({ table }) => table) : lastName(was, names);
        return [...new Set(now)].map((name) => ({ was, now: calledNow(was, name) }));
      });
  });
}

interface Names {
  /** By the last renaming. */
  readonly last: ReadonlyMap<string, string>;
  readonly later: ReadonlyMap<string, ReadonlySet<string>>;
  readonly moved: readonly MovedColumn[];
  readonly there: ReadonlySet<string>;
}

/** A private column of a table that came to its name by way of another schema. */
interface MovedColumn extends ToldColumn {
  readonly from: string;
}

const readNames = async (session: Session): Promise<Names> => ({
  last: await renamedTables(session),
  later: await laterNames(session),
  moved: await movedColumns(session),
  there: new Set((await relationNames(session)).map(({ name }) => name)),
});

/** Told columns of tables that have another name now, by their numbers. */
const movedColumns = (session: Session): Promise<readonly MovedColumn[]> =>
  session.query<MovedColumn>(sql`
    select p.table_name as "from", c.relname as "table", p.column_name as "column", p.file from assay.private_columns p
    join pg_class c on c.oid = p.relation and c.relnamespace = 'public'::regnamespace and c.relname <> p.table_name
    where p.from_table = ''`);

const saysPrivate = (one: TableChecks, column: string): boolean =>
  one.columns.some(({ name, private: isPrivate }) => name === column && isPrivate);

/** True where a file calls a column private by its table's present name. */
const isSaid = (known: readonly TableChecks[], { table, column }: PlacedColumn): boolean =>
  known.some((one) => !one.of && one.table === table && saysPrivate(one, column));

/** True where what is remembered of a table is what this says of it by a name that it had. */
function isHeld(one: TableChecks, column: ToldColumn, { later, moved }: Names): boolean {
  if (column.table === one.table || !saysPrivate(one, column.column)) return false;
  const isMoved = moved.some(({ from, table }) => from === one.table && table === column.table);
  return isMoved || later.get(one.table)?.has(column.table) === true;
}

/** Where nothing is remembered, a name that nothing has is of what had it last. */
function lastName({ table }: TableChecks, { last, there }: Names): readonly string[] {
  const now = last.get(table);
  return now !== undefined && there.has(now) && !there.has(table) ? [now] : [];
}

function calledNow(one: TableChecks, now: string): TableChecks {
  const failed = problem(
    'bad_input',
    `${one.file} calls the table "${one.table}", which is called "${now}" now; its rules are not run.`,
    { hint: 'Write the new name there.', at: { file: one.file, table: now } },
  ).problem;
  return {
    ...one,
    table: now,
    rules: [],
    others: 0,
    problems: [failed, ...one.problems],
    problem: one.unreadable ? (one.problem ?? failed) : failed,
  };
}
