import type { QueryPlan } from '../../../shared/contract/query-results.ts';
import { decodePage } from '../../../shared/decode-page.ts';
import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import type { Database, Session } from '../database/database.ts';
import { type Bound, bindParameters, type Values } from './bind-parameters.ts';
import { placeProblem } from './place-problem.ts';
import { type PlanJson, readPlan } from './read-plan.ts';
import { statementKind } from './statement-kind.ts';

interface Asked {
  readonly text: string;
  readonly values: Values;
  readonly analyze: boolean;
}

const first = 'explain (format json, verbose, settings)';
const analyzed = 'explain (format json, verbose, settings, analyze, buffers, timing)';

/** How PostgreSQL does one statement. It is run only where it reads, in a transaction that can do no more. */
export async function explainQuery(
  database: Database,
  { text, values, analyze }: Asked,
  signal: AbortSignal,
): Promise<QueryPlan> {
  const statements = await bindParameters(database, text, values);
  const [statement] = statements;
  if (!statement || statements.length > 1)
    throw problem('bad_input', 'A plan is of one statement.', {
      hint: 'Put the cursor into the statement, or select it.',
    });
  const run = analyze && statementKind(statement.bound.text).reads;
  return database.transaction({ title: 'Explaining a query', signal }, async (session) => {
    await session.run(sql`set transaction read only`);
    const json = await planOf(session, text, statement, run ? analyzed : first);
    return readPlan(statement.text, json, run);
  });
}

/** An error is placed in the statement, not in the words before it. */
async function planOf(session: Session, text: string, statement: Bound, words: string): Promise<PlanJson> {
  const before = `${words} `;
  const { bound } = statement;
  const shifted = {
    text: before + bound.text,
    origin: (at: number) => bound.origin(Math.max(0, at - before.length)),
  };
  try {
    const { bytes } = await session.written(shifted.text, 1);
    const cell = bytes ? decodePage(bytes).cell(0, 0) : null;
    return (JSON.parse(String(cell)) as [PlanJson])[0];
  } catch (thrown) {
    throw placeProblem(thrown, text, { ...statement, bound: shifted });
  }
}
