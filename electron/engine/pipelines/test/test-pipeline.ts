import type { PipelineTest, TestRow, TestVerdict } from '../../../../shared/contract/pipeline-tests.ts';
import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import { refText, type StepRef } from '../../../../shared/pipeline-graph.ts';
import { type Problem, toProblem } from '../../../../shared/problem.ts';
import { ident, join, literals, sql } from '../../../../shared/sql.ts';
import type { Database, Session } from '../../database/database.ts';
import { withParameters } from '../file/fill-parameters.ts';
import { defaultValues } from '../file/parameters.ts';
import { refIn, signatureOf } from '../file/signature.ts';
import { compile } from '../plan/compile.ts';
import { columnsAt, outputsOf, type Plan, type PlannedStep } from '../plan/plan.ts';
import { planPipeline } from '../plan/plan-pipeline.ts';
import { vectorsToLook } from '../plan/plan-vectors.ts';
import type { EmbedTexts } from '../plan/text-vectors.ts';
import { runnable } from '../preview/preview.ts';
import { loadParser } from '../sql/read-relations.ts';
import { givenNow, type Making, vectorsBefore } from './given-now.ts';
import { onGiven, planGiven, withGivenSteps } from './given-tables.ts';

/** Runs a test over its given rows alone; tables of the workspace are not read. */
export function runTest(
  database: Database,
  pipeline: Pipeline,
  test: PipelineTest,
  embed: EmbedTexts,
): Promise<TestVerdict> {
  return onGiven(
    database,
    `Testing ${pipeline.name}`,
    test,
    async (session, tables): Promise<TestVerdict> => {
      const values = { ...defaultValues(pipeline), ...test.params };
      const whole = withGivenSteps(withParameters(pipeline, values), test);
      const plan = await planGiven(session, whole, tables, Object.keys(test.expect));
      const failures: string[] = [];
      for (const [output, expected] of Object.entries(test.expect)) {
        const { rows } = await outputRows(session, plan, refIn(plan.pipeline, output), embed);
        const difference = differenceOf(rows, expected.rows, expected.inOrder ?? false);
        if (difference) failures.push(`${output}: ${difference}`);
      }
      return { name: test.name, verdict: failures.length > 0 ? 'fail' : 'pass', says: failures.join('; ') };
    },
  ).catch((thrown): TestVerdict => ({ name: test.name, verdict: 'error', says: wordsOf(toProblem(thrown)) }));
}

const wordsOf = ({ message, hint }: Problem): string => [message, hint].filter(Boolean).join(' ');

/** A test made from what the tables hold now: a few rows that belong together, and what comes out of them. */
export async function makeTest(
  database: Database,
  pipeline: Pipeline,
  making: Making,
  embed: EmbedTexts,
): Promise<PipelineTest> {
  const { name, step } = making;
  const filled = withParameters(pipeline, defaultValues(pipeline));
  await loadParser();
  const { given, outputs } = await database.use({ title: `Choosing rows for ${name}` }, async (session) => {
    const plan = await planPipeline(session, filled);
    await vectorsBefore(session, plan, making, embed);
    await session.run(sql`begin`);
    try {
      const outputs = step === undefined ? making.outputs : leavingOf(runnable(plan, step));
      return { outputs, given: await givenNow(session, plan, { ...making, outputs }) };
    } finally {
      await session.run(sql`rollback`).catch(() => {});
    }
  });
  return onGiven(database, `Making the test ${name}`, given, async (session, tables) => {
    const plan = await planGiven(session, withGivenSteps(filled, given), tables, outputs);
    const expect: PipelineTest['expect'] = {};
    for (const output of outputs)
      expect[output] = {
        rows: [...(await outputRows(session, plan, refIn(plan.pipeline, output), embed)).rows],
      };
    return { name, ...given, expect };
  });
}

/** All that leaves a step; of one that uses a pipeline, its other results too. */
const leavingOf = (planned: PlannedStep): readonly string[] => [
  ...outputsOf(planned).map(refText),
  ...(signatureOf(planned.step)?.outputs.slice(1) ?? []).map(({ name }) => `${planned.step.id}.${name}`),
];

async function outputRows(
  session: Session,
  plan: Plan,
  ref: StepRef,
  embed: EmbedTexts,
): Promise<{ rows: readonly TestRow[] }> {
  runnable(plan, ref.step);
  const { signal } = new AbortController();
  await vectorsToLook(session, plan, ref, { embed, signal });
  const cells = join(columnsAt(plan, ref).map(({ name }) => sql`${ident(name)}::text as ${ident(name)}`));
  const rows = await session.query<TestRow>(
    literals(sql`select ${cells} from (
${compile(plan, ref)}
) as result`),
  );
  return { rows };
}

/** The first difference in words; cells compare as PostgreSQL writes them, numbers whatever zeros they end in. */
function differenceOf(
  found: readonly TestRow[],
  expected: readonly TestRow[],
  inOrder: boolean,
): string | undefined {
  const spell = (row: TestRow) =>
    JSON.stringify(
      Object.entries(row)
        .map(([name, cell]) => [name, plainCell(cell)])
        .sort(),
    );
  const order = (rows: readonly TestRow[]) => (inOrder ? rows.map(spell) : rows.map(spell).sort());
  const [mine, theirs] = [order(found), order(expected)];
  const at = mine.findIndex((row, place) => row !== theirs[place]);
  if (at < 0 && mine.length === theirs.length) return undefined;
  if (mine.length !== theirs.length)
    return `${mine.length} rows, expected ${theirs.length}${at < 0 ? '' : `; ${wordsFor(mine[at], theirs[at])}`}`;
  return wordsFor(mine[at], theirs[at]);
}

const wordsFor = (mine: string | undefined, theirs: string | undefined) =>
  `found ${rowWords(mine)}, expected ${rowWords(theirs)}`;

const rowWords = (row: string | undefined): string =>
  row === undefined
    ? 'no more rows'
    : (JSON.parse(row) as [string, string | null][])
        .map(([name, cell]) => `${name} ${cell ?? 'null'}`)
        .join(', ');

function plainCell(cell: TestRow[string]): string | null {
  if (cell === null) return null;
  const text = String(cell);
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text;
}
