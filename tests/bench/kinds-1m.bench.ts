import { runTable } from '../../electron/engine/checks/run-table.ts';
import type { Database } from '../../electron/engine/database/database.ts';
import type { Workspace } from '../../electron/engine/workspace/workspace.ts';
import type { CheckDefinition } from '../../shared/define-check.ts';
import { checks } from '../../shared/registry.ts';
import { ident, names, sql } from '../../shared/sql.ts';
import { makeTable } from '../checks/make-table.ts';
import { columnsOf } from '../steps/example-rows.ts';
import { everyKind, tellKind, timed } from './every-kind.ts';

const million = 1_000_000;
/** A rule that takes longer than so many plain scans of the same rows is worth a look. */
const absurd = 100;

/** Kinds whose work grows with the square of the rows, as their help says, or is what the user writes: fewer rows, another query. */
const fewer: Readonly<Record<string, number>> = { near_vectors: 10_000 };
const ownParams: Readonly<Record<string, object>> = {
  custom_sql: { query: 'select _row from checked where id is distinct from parent order by id' },
};

const { signal } = new AbortController();

/** The rows of a kind's first example with rows, over and over, to about a million; of a rule on single rows it is known how many of them are bad. */
async function manyRows(database: Database, { examples, breaks }: CheckDefinition, rows: number) {
  const example = examples.find(({ table }) => table.rows.length > 1) ?? examples[0];
  if (!example) throw new Error('There is no example.');
  const { table, others = {}, params } = example;
  await makeTable(database, 'few', table);
  for (const [name, other] of Object.entries(others)) await makeTable(database, name, other);
  const cells = names(columnsOf(table).map(({ name }) => name));
  const times = Math.ceil(rows / Math.max(1, table.rows.length));
  await database.run(sql`drop table if exists checked`);
  await database.run(sql`create table checked as
    select row_number() over () as _row, ${cells} from ${ident('few')}, generate_series(1::bigint, ${times})`);
  return { params, bad: breaks ? (example.bad?.length ?? 0) * times : undefined };
}

/** Each kind once over a million rows: prints its time as a multiple of a plain scan, and gives how many are absurd. */
async function absurdKinds(workspace: Workspace): Promise<number> {
  const { database } = workspace;
  let found = 0;
  for (const [kind, definition] of checks) {
    const { params, bad } = await manyRows(database, definition, fewer[kind] ?? million);
    const scan = await timed(() => database.one(sql`select count(*) from checked`));
    const rule = {
      id: 'rule',
      kind,
      params: { ...params, ...ownParams[kind] },
      failAbove: 0,
      timeLimit: 300,
    };
    let verdict = '';
    let wrong = false;
    const ms = await timed(async () => {
      const [draft] = await runTable({ database, signal }, 'checked', [rule], () => {});
      wrong =
        draft === undefined || draft.verdict === 'error' || (bad !== undefined && draft.badRows !== bad);
      const why = draft?.verdict === 'error' ? `: ${draft.reason}` : '';
      verdict = `${draft?.verdict}${why}${bad === undefined ? '' : ` ${draft?.badRows} of ${bad} bad rows`}`;
    });
    const times = ms / scan;
    if (times > absurd || wrong) found++;
    tellKind(kind, times, 'scans', ms, verdict);
  }
  return found;
}

export default everyKind('kinds-1m', 'kinds slower than 100 scans, broken, or wrong', absurdKinds);
