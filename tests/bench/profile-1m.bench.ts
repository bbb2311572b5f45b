import { rowsOf } from '../../electron/engine/columns/copy.ts';
import { Profiles } from '../../electron/engine/tables/profile/profile-table.ts';
import { isNumeric, userColumns } from '../../shared/column.ts';
import { ident, join, sql } from '../../shared/sql.ts';
import { type LargeTable, largeTable } from './explore-table.ts';
import { defineBench } from './harness.ts';

const rows = 1_000_000;
let large: LargeTable;

const prepare = async () => {
  large = await largeTable(rows);
};
const cleanup = () => large.close();

/** The whole profile, computed anew each time. */
async function ours(): Promise<void> {
  const profiles = new Profiles(large.workspace.database, large.copies);
  const context = { signal: new AbortController().signal, progress: () => {} };
  const { columns } = await profiles.of({ table: 'large', filters: [] }, context);
  if (columns.length !== 10) throw new Error(`${columns.length} columns were profiled.`);
}

async function summarize(): Promise<void> {
  const { copy } = await large.copies.look('large');
  if (!copy) throw new Error('There is no copy.');
  const cells = join([...copy.columns.values()].map(({ key, cells: shown }) => ident(key ?? shown)));
  await large.copies.files.use(undefined, ({ rows: ask }) =>
    ask(sql`summarize select ${cells} from ${rowsOf(copy)}`),
  );
}

/** One query for each statistic, as it would be written first. */
async function naive(): Promise<void> {
  const { database } = large.workspace;
  const { table } = await large.copies.look('large');
  for (const { name, type } of userColumns(table.columns)) {
    const column = ident(name);
    const plain = [sql`count(*)`, sql`count(${column})`, sql`count(distinct ${column})`];
    const ends = type === 'boolean' ? [] : [sql`min(${column})`, sql`max(${column})`];
    const numbers = isNumeric(type)
      ? [
          sql`avg(${column})`,
          sql`stddev_samp(${column})`,
          sql`sum(${column})`,
          sql`count(*) filter (where ${column} = 0)`,
          sql`count(*) filter (where ${column} < 0)`,
          sql`percentile_cont(array[0.05, 0.25, 0.5, 0.75, 0.95]) within group (order by ${column}::float8)`,
        ]
      : [];
    for (const statistic of [...plain, ...ends, ...numbers]) {
      await database.query(sql`select (${statistic})::text from large`);
    }
    await database.query(
      sql`select ${column}::text, count(*) from large where ${column} is not null group by 1 order by 2 desc limit 10`,
    );
    if (!isNumeric(type)) continue;
    await database.query(sql`
      select width_bucket(${column}::float8, low, high + 1, 20), count(*)
      from large, (select min(${column})::float8 as low, max(${column})::float8 as high from large) as ends group by 1`);
  }
}

export default [
  defineBench({
    name: 'profile-1m',
    unit: 'ms',
    goal: 2,
    peerName: "DuckDB's SUMMARIZE",
    runs: 5,
    prepare,
    ours,
    peer: summarize,
    cleanup,
  }),
  defineBench({
    name: 'profile-1m-naive',
    unit: 'ms',
    optional: true,
    goal: 0.2,
    peerName: 'one PostgreSQL query for each statistic',
    runs: 1,
    prepare,
    ours,
    peer: naive,
    cleanup,
  }),
];
