import type { StatementResult } from '../../../shared/contract/query.ts';
import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import type { Database, Session } from '../database/database.ts';
import { beforeSql, reconcileTables } from '../tables/reconcile.ts';
import type { Renaming } from '../tables/rename-in-files.ts';
import { defaultAddresses } from '../tables/row-address.ts';
import { markOfRecords, markOfViews, relationNames } from '../tables/table-snapshot.ts';
import { type Bound, bindParameters, type Values } from './bind-parameters.ts';
import { placeProblem } from './place-problem.ts';
import { beginRecording, endRecording } from './record-write.ts';
import {
  mayBlind,
  refuseAlone,
  refuseBlind,
  refuseControl,
  refuseCopy,
  refuseHiding,
  refuseMade,
  refuseUnrecorded,
  unrecordedNow,
} from './refuse-statements.ts';
import { statementKind } from './statement-kind.ts';
import { forgetUndo, keepUndo, relationsNow } from './undo-write.ts';
import { refuseNotUndoable } from './undoable.ts';

/** What a text did. */
export interface QueryOutcome {
  readonly results: readonly StatementResult[];
  /** True where tables, rows or columns changed. */
  readonly changed: boolean;
  /** Tables and views that files call by their old names still. */
  readonly renamed: readonly Renaming[];
}

/** What is run, and how. */
export interface QueryRequest {
  readonly text: string;
  readonly limit: number;
  readonly values: Values;
  readonly writing: 'no' | 'undoable' | 'free';
}

interface Run extends Pick<QueryRequest, 'text' | 'limit'> {
  readonly statements: readonly Bound[];
}

/** Runs an analyst's text, all of it or nothing, and keeps the catalog true to what it changed. */
export async function runQuery(
  database: Database,
  { text, limit, values, writing }: QueryRequest,
  signal: AbortSignal,
): Promise<QueryOutcome> {
  const statements = await bindParameters(database, text, values);
  if (statements.length === 0) {
    throw problem('bad_input', 'There is no statement to run.', {
      hint: 'Write a query, for example: select 1',
    });
  }
  const options = { title: 'Running a query', signal };
  const kinds = statements.map(({ bound }) => statementKind(bound.text));
  refuseControl(statements[kinds.findIndex((kind) => kind.controls)]);
  refuseCopy(statements[kinds.findIndex((kind) => kind.copies)]);
  const run: Run = { text, limit, statements };
  const alone = kinds.findIndex((kind) => kind.alone);
  if (writing !== 'free') refuseAlone(statements[alone]);
  const [first] = statements;
  if (first && statements.length === 1 && alone === 0) {
    const result = await database.use(options, (session) => runOne(session, run, first));
    return { results: [result], changed: false, renamed: [] };
  }
  const reads = kinds.every((kind) => kind.reads);
  if (writing === 'undoable' && !reads) await refuseNotUndoable(statements);
  return database.transaction(options, (session) => {
    if (writing === 'no') return readOnly(session, run);
    return reads ? readAll(session, run, writing) : writeAll(session, run, writing);
  });
}

async function runOne(session: Session, { text, limit }: Run, statement: Bound) {
  try {
    return await session.written(statement.bound.text, limit);
  } catch (thrown) {
    throw placeProblem(thrown, text, statement);
  }
}

async function runEach(session: Session, run: Run, writing: QueryRequest['writing'] = 'no') {
  const results: StatementResult[] = [];
  for (const statement of run.statements) {
    results.push(await runOne(session, run, statement));
    if (writing !== 'no' && mayBlind(statement.bound.text))
      await refuseBlind(session, statement, writing === 'undoable');
  }
  await session.run(sql`reset all`);
  await session.run(sql`reset role`);
  return results;
}

/** PostgreSQL itself refuses what writes; after the first statement a text cannot take that back. */
async function readOnly(session: Session, run: Run): Promise<QueryOutcome> {
  await session.run(sql`set transaction read only`);
  await session.query(sql`select 1`);
  const results = await runEach(session, run);
  await refuseMade(session);
  return { results, changed: false, renamed: [] };
}

/** A SELECT may still call a function that writes; the transaction then has a number. */
async function readAll(session: Session, run: Run, writing: QueryRequest['writing']): Promise<QueryOutcome> {
  const records = await markOfRecords(session);
  const names = await relationNames(session);
  const results = await runEach(session, run, writing);
  const { wrote } = await session.one<{ wrote: boolean }>(
    sql`select pg_current_xact_id_if_assigned() is not null as wrote`,
  );
  if (!wrote) return { results, changed: false, renamed: [] };
  await refuseChangedRecords(session, records);
  const { changed, renamed } = await reconcileTables(session, { names });
  if (changed && writing === 'undoable') await forgetUndo(session);
  return { results, changed, renamed };
}

async function writeAll(session: Session, run: Run, writing: QueryRequest['writing']): Promise<QueryOutcome> {
  await defaultAddresses(session);
  const undoable = writing === 'undoable';
  const relations = undoable ? await relationsNow(session) : [];
  if (undoable) await beginRecording(session);
  const unrecorded = undoable ? await unrecordedNow(session) : [];
  const records = await markOfRecords(session);
  const before = await beforeSql(session);
  const views = await markOfViews(session);
  const results = await runEach(session, run, writing);
  await refuseChangedRecords(session, records);
  await refuseHiding(session);
  if (undoable) await refuseUnrecorded(session, unrecorded);
  if (undoable) await endRecording(session);
  const { changed, renamed } = await reconcileTables(session, before);
  if (undoable) await keepUndo(session, run.text, relations);
  else if (changed) await forgetUndo(session);
  return { results, changed: changed || (await markOfViews(session)) !== views, renamed };
}

/** Everything else in the workspace trusts these records. */
async function refuseChangedRecords(session: Session, before: string): Promise<void> {
  if ((await markOfRecords(session)) === before) return;
  throw problem(
    'bad_input',
    "The statement would change Assay's own records in schema assay; nothing was changed.",
    {
      hint: 'Keep tables of your own in schema public.',
    },
  );
}
