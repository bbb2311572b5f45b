import type { StatementResult } from '../../../shared/contract/query.ts';
import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import { type Statement, splitStatements } from '../../../shared/sql-lexer.ts';
import type { Database, Session } from '../database/database.ts';
import { reconcileTables } from '../tables/reconcile.ts';
import { defaultAddresses } from '../tables/row-address.ts';
import { markOfRecords, snapshotTables } from '../tables/table-snapshot.ts';
import { placeProblem } from './place-problem.ts';
import { statementKind } from './statement-kind.ts';

/** What a text did. */
export interface QueryOutcome {
  readonly results: readonly StatementResult[];
  /** True where tables, rows or columns changed. */
  readonly changed: boolean;
}

/** Runs an analyst's text, all of it or nothing, and keeps the catalog true to what it changed. */
export async function runQuery(
  database: Database,
  text: string,
  limit: number,
  signal: AbortSignal,
): Promise<QueryOutcome> {
  const statements = splitStatements(text);
  if (statements.length === 0) {
    throw problem('bad_input', 'There is no statement to run.', {
      hint: 'Write a query, for example: select 1',
    });
  }
  const options = { title: 'Running a query', signal };
  const kinds = statements.map((statement) => statementKind(statement.text));
  refuseControl(statements[kinds.findIndex((kind) => kind.controls)]);
  refuseCopy(statements[kinds.findIndex((kind) => kind.copies)]);
  const [first] = statements;
  if (first && statements.length === 1 && kinds[0]?.alone) {
    const result = await database.use(options, (session) => runOne(session, text, first, limit));
    return { results: [result], changed: false };
  }
  const reads = kinds.every((kind) => kind.reads);
  return database.transaction(options, (session) =>
    reads ? readAll(session, text, statements, limit) : writeAll(session, text, statements, limit),
  );
}

function refuseControl(statement: Statement | undefined): void {
  if (!statement) return;
  throw problem(
    'bad_input',
    'What is run together is one transaction already: all of it happens, or nothing.',
    {
      hint: 'Leave begin, commit and rollback out. Savepoints may stay.',
      at: { position: statement.start + 1 },
    },
  );
}

/** The embedded database has no files or programs, and would wait for ever for what is typed after FROM STDIN. */
function refuseCopy(statement: Statement | undefined): void {
  if (!statement) return;
  throw problem('bad_input', 'COPY reads and writes files of a server; here the database is embedded.', {
    hint: 'To load a file, import it; to write one, run a SELECT and save its result, or export the table.',
    at: { position: statement.start + 1 },
  });
}

async function runOne(session: Session, text: string, statement: Statement, limit: number) {
  try {
    return await session.written(statement.text, limit);
  } catch (thrown) {
    throw placeProblem(thrown, text, statement);
  }
}

async function runEach(session: Session, text: string, statements: readonly Statement[], limit: number) {
  const results: StatementResult[] = [];
  for (const statement of statements) results.push(await runOne(session, text, statement, limit));
  await session.run(sql`reset all`);
  await session.run(sql`reset role`);
  return results;
}

/** A SELECT may still call a function that writes; the transaction then has a number. */
async function readAll(session: Session, text: string, statements: readonly Statement[], limit: number) {
  const records = await markOfRecords(session);
  const results = await runEach(session, text, statements, limit);
  const { wrote } = await session.one<{ wrote: boolean }>(
    sql`select pg_current_xact_id_if_assigned() is not null as wrote`,
  );
  if (wrote) await refuseChangedRecords(session, records);
  return { results, changed: wrote && (await reconcileTables(session, undefined)) };
}

async function writeAll(session: Session, text: string, statements: readonly Statement[], limit: number) {
  await defaultAddresses(session);
  const records = await markOfRecords(session);
  const before = await snapshotTables(session);
  const results = await runEach(session, text, statements, limit);
  await refuseChangedRecords(session, records);
  return { results, changed: await reconcileTables(session, before) };
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
