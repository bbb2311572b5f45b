import type { CheckedRows } from '../../../shared/contract/checked-rows.ts';
import { problem } from '../../../shared/problem.ts';
import { parameterNames } from '../../../shared/query-parameters.ts';
import { type Sql, sql, subselect } from '../../../shared/sql.ts';
import { splitStatements } from '../../../shared/sql-lexer.ts';
import type { Context } from '../context.ts';
import { withParameters } from '../pipelines/file/fill-parameters.ts';
import { parameterValues } from '../pipelines/file/parameters.ts';
import { PipelineFiles } from '../pipelines/file/pipeline-files.ts';
import { refIn } from '../pipelines/file/signature.ts';
import { compile } from '../pipelines/plan/compile.ts';
import { planPipeline } from '../pipelines/plan/plan-pipeline.ts';
import { runnable } from '../pipelines/preview/preview.ts';
import { QueryFiles } from '../query/query-files.ts';

type Place = Pick<Context, 'workspace' | 'database'>;

/** The SELECT of rows that are no table, as its query or its pipeline says now. */
export async function selectOf(place: Place, of: CheckedRows): Promise<Sql> {
  if ('sql' in of) return queryOf(of.sql, 'The query');
  if ('query' in of) return queryOf(await queryText(place, of.query), `The query "${of.query}"`);
  return stepSelect(place, of);
}

async function queryText({ workspace }: Place, name: string): Promise<string> {
  const files = await new QueryFiles(workspace.path('queries')).list();
  const found = files.find((file) => file.name === name);
  if (found) return found.text;
  throw problem('not_found', `There is no query "${name}".`, {
    hint: 'It was removed or renamed: name another in the rules, or take them away.',
  });
}

function queryOf(text: string, what: string): Sql {
  const [only, second] = splitStatements(text);
  if (!only || second) {
    throw problem('bad_input', `${what} has ${only ? 'more than one statement' : 'no statement'}.`, {
      hint: 'Rules look at the rows of one SELECT.',
    });
  }
  const [asked] = parameterNames(only.text);
  if (asked === undefined) return subselect(only.text);
  throw problem('bad_input', `${what} asks for a value of :${asked}, which rules cannot give.`, {
    hint: 'Write the value into the query that is checked.',
  });
}

async function stepSelect(
  { workspace, database }: Place,
  { pipeline: name, step }: Extract<CheckedRows, { pipeline: string }>,
): Promise<Sql> {
  const files = new PipelineFiles(workspace.path('pipelines'));
  const pipeline = await files.findWhole(name);
  const filled = withParameters(pipeline, parameterValues(pipeline, {}));
  const ref = refIn(filled, step);
  return database.use({ title: `Planning ${name}`, priority: 'background' }, async (session) => {
    const plan = await planPipeline(session, filled);
    runnable(plan, ref.step);
    return sql`(
${compile(plan, ref)}
)`;
  });
}
