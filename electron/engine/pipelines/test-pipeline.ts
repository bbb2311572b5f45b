import type {
  GivenTable,
  PipelineTest,
  TestRow,
  TestVerdict,
} from '../../../shared/contract/pipeline-tests.ts';
import type { Pipeline } from '../../../shared/contract/pipelines.ts';
import { parseRef, type StepRef } from '../../../shared/pipeline-graph.ts';
import { type Problem, problem, toProblem } from '../../../shared/problem.ts';
import { ident, join, literals, type Sql, sql, typeName } from '../../../shared/sql.ts';
import type { Database, Session } from '../database/database.ts';
import { compile } from './compile.ts';
import { formulasOf } from './formulas.ts';
import type { ReadableTable } from './known-tables.ts';
import { defaultValues, withParameters } from './parameters.ts';
import { columnsAt, type Plan, type PlannedStep } from './plan.ts';
import { planPipeline, readSurroundings } from './plan-pipeline.ts';
import { vectorsToLook } from './plan-vectors.ts';
import { runnable } from './preview.ts';
import { loadParser, relationsIn } from './read-relations.ts';
import type { EmbedTexts } from './text-vectors.ts';

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
    test.given,
    async (session, tables): Promise<TestVerdict> => {
      const values = { ...defaultValues(pipeline), ...test.params };
      const plan = await planGiven(session, withParameters(pipeline, values), tables);
      const failures: string[] = [];
      for (const [output, expected] of Object.entries(test.expect)) {
        const { rows } = await outputRows(session, plan, parseRef(output), embed);
        const difference = differenceOf(rows, expected.rows, expected.inOrder ?? false);
        if (difference) failures.push(`${output}: ${difference}`);
      }
      return { name: test.name, verdict: failures.length > 0 ? 'fail' : 'pass', says: failures.join('; ') };
    },
  ).catch((thrown): TestVerdict => ({ name: test.name, verdict: 'error', says: wordsOf(toProblem(thrown)) }));
}

const wordsOf = ({ message, hint }: Problem): string => [message, hint].filter(Boolean).join(' ');

/** What a test is to be made of. */
interface Making {
  readonly name: string;
  readonly outputs: readonly string[];
  readonly rows: number;
}

/** A test made from what the tables hold now: a few rows of each, and what comes out of them. */
export async function makeTest(
  database: Database,
  pipeline: Pipeline,
  { name, outputs, rows }: Making,
  embed: EmbedTexts,
): Promise<PipelineTest> {
  const filled = withParameters(pipeline, defaultValues(pipeline));
  const given = await database.use({ title: `Reading rows for ${name}` }, async (session) => {
    const plan = await planPipeline(session, filled);
    await loadParser();
    const read = [...plan.steps.values()].flatMap((planned) => tablesRead(plan, planned));
    const tables: Record<string, GivenTable> = {};
    for (const table of new Set(read)) tables[table] = await firstRows(session, plan, table, rows);
    return tables;
  });
  return onGiven(database, `Making the test ${name}`, given, async (session, tables) => {
    const plan = await planGiven(session, filled, tables);
    const expect: PipelineTest['expect'] = {};
    for (const output of outputs)
      expect[output] = { rows: [...(await outputRows(session, plan, parseRef(output), embed)).rows] };
    return { name, given, expect };
  });
}

/** Tables that a step reads, by its setting or by name in its SQL. */
function tablesRead(plan: Plan, { definition, params }: PlannedStep): string[] {
  const formulas = formulasOf(definition?.params ?? {}, params);
  const named = formulas
    .flatMap(({ written }) => [...relationsIn(written).own])
    .filter((table) => plan.tables.has(table));
  return [definition?.reads?.(params as never) ?? [], ...named].flat();
}

async function firstRows(session: Session, plan: Plan, table: string, limit: number): Promise<GivenTable> {
  const columns = plan.tables.get(table)?.columns ?? [];
  const cells = join(columns.map((column) => sql`${ident(column.name)}::text as ${ident(column.name)}`));
  const rows = await session.query<TestRow>(sql`
    select ${cells} from ${ident('public', table)} order by _row limit ${limit}`);
  return {
    columns: Object.fromEntries(columns.map((column) => [column.name, column.type])),
    rows: [...rows],
  };
}

/** Work over given tables that hide those of the workspace, taken back at the end. */
function onGiven<T>(
  database: Database,
  title: string,
  given: PipelineTest['given'],
  work: (session: Session, tables: ReadonlyMap<string, ReadableTable>) => Promise<T>,
): Promise<T> {
  return database.use({ title }, async (session) => {
    await session.run(sql`begin`);
    try {
      const tables = new Map<string, ReadableTable>();
      for (const [name, table] of Object.entries(given))
        tables.set(name, await putTable(session, name, table));
      return await work(session, tables);
    } finally {
      await session.run(sql`rollback`).catch(() => {});
    }
  });
}

async function putTable(
  session: Session,
  name: string,
  { columns, rows }: GivenTable,
): Promise<ReadableTable> {
  const typed = Object.entries(columns).map(([column, type]) => ({ name: column, type }));
  const where = ident('pg_temp', name);
  const definitions = typed.map((column) => sql`${ident(column.name)} ${typeName(column.type)}`);
  await session.run(sql`create temp table ${ident(name)} (${join(definitions)}) on commit drop`);
  for (const row of rows) {
    const alien = Object.keys(row).find((column) => !(column in columns));
    if (alien !== undefined) {
      throw problem('bad_input', `A given row of "${name}" has a cell "${alien}", which is no column of it.`);
    }
    const cells: (Sql | null)[] = typed.map((column) => cellOf(row[column.name], column.type));
    await session.run(literals(sql`insert into ${where} values (${join(cells)})`));
  }
  return {
    name,
    origin: 'query',
    source: null,
    state: 'given',
    mark: 'given',
    rows: rows.length,
    columns: typed,
    at: where,
  };
}

const cellOf = (value: TestRow[string] | undefined, type: string): Sql =>
  value === null || value === undefined ? sql`null` : sql`${String(value)}::${typeName(type)}`;

async function planGiven(
  session: Session,
  pipeline: Pipeline,
  tables: ReadonlyMap<string, ReadableTable>,
): Promise<Plan> {
  const around = await readSurroundings(session);
  return planPipeline(session, pipeline, { ...around, tables });
}

async function outputRows(
  session: Session,
  plan: Plan,
  ref: StepRef,
  embed: EmbedTexts,
): Promise<{ rows: readonly TestRow[] }> {
  runnable(plan, ref.step);
  await vectorsToLook(session, plan, ref, { embed, signal: new AbortController().signal });
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
