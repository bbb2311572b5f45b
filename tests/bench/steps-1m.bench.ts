import type { Database } from '../../electron/engine/database/database.ts';
import { runPipeline } from '../../electron/engine/pipelines/run/run-pipeline.ts';
import type { Workspace } from '../../electron/engine/workspace/workspace.ts';
import { pipeline as pipelineSchema } from '../../shared/contract/pipelines.ts';
import type { ExampleTable, StepDefinition } from '../../shared/define-step.ts';
import { steps } from '../../shared/registry.ts';
import { ident, names, sql } from '../../shared/sql.ts';
import { columnsOf, createInput } from '../steps/example-rows.ts';
import { everyKind, tellKind, timed } from './every-kind.ts';

const rows = 1_000_000;
/** A step that takes longer than writing its input so many times is worth a look. */
const absurd = 30;

/** Makes a table of an example's rows; the first input over and over, up to a million. */
async function makeInput(database: Database, at: number, table: ExampleTable): Promise<string> {
  const name = ['first', 'second', 'third'][at] ?? `input${at}`;
  await database.use({}, (session) => createInput(session, 'few', table));
  const times = at === 0 ? Math.ceil(rows / Math.max(1, table.rows.length)) : 1;
  const cells = names(columnsOf(table).map((column) => column.name));
  await database.run(sql`drop table if exists ${ident(name)}`);
  await database.run(sql`create table ${ident(name)} as select row_number() over () as _row, ${cells}
    from ${ident('few')}, generate_series(1::bigint, ${times}) limit ${rows}`);
  await database.run(sql`insert into assay.tables (name, origin, row_count)
    select ${name}, 'query', count(*) from ${ident(name)}
    on conflict (name) do update set row_count = excluded.row_count, version = assay.tables.version + 1`);
  return name;
}

/** A pipeline of the step alone: it reads tables, and a table is written of it. */
function pipelineWith(kind: string, definition: StepDefinition, inputs: readonly string[]) {
  const { params } = definition.examples[0] ?? { params: {} };
  const reads = definition.reads !== undefined;
  const ends = definition.writes !== undefined || definition.exports !== undefined;
  const own = {
    ...(reads && { table: inputs[0] }),
    ...(definition.writes && { table: 'made' }),
    ...(definition.exports && { file: 'made.csv', there: 'any' }),
  };
  return pipelineSchema.parse({
    version: 1,
    name: 'one step',
    steps: [
      ...(reads ? [] : inputs.map((table) => ({ id: table, kind: 'source', params: { table } }))),
      { id: 'step', kind, inputs: reads ? [] : inputs, params: { ...params, ...own } },
      ...(ends ? [] : [{ id: 'out', kind: 'output', inputs: ['step'], params: { table: 'made' } }]),
    ],
  });
}

/** The least that writing the same rows costs. */
async function copied(database: Database): Promise<number> {
  await database.run(sql`drop table if exists by_hand`);
  return timed(async () => {
    await database.run(sql`create table by_hand as select * from first`);
    await database.run(sql`alter table by_hand add primary key (_row)`);
  });
}

async function runOf(
  { database, dir }: Workspace,
  kind: string,
  definition: StepDefinition,
  inputs: readonly string[],
): Promise<string> {
  const result = await runPipeline(
    database,
    pipelineWith(kind, definition, inputs),
    { full: true, params: {} },
    { folder: dir, embed: async () => [] },
    { signal: new AbortController().signal, progress: () => {} },
  );
  return result.status === 'done' ? '' : `${result.status}: ${result.problem?.message}`;
}

/** Those that only stand within another pipeline, and the one whose time is the model's: \`embed\` measures that. */
const elsewhere = ({ takes, gives, nests, embeds }: StepDefinition) => takes || gives || nests || embeds;

/** Each kind once over a million rows: prints its time as a multiple of a copy, and gives how many are absurd. */
async function absurdKinds(workspace: Workspace): Promise<number> {
  const { database } = workspace;
  let found = 0;
  for (const [kind, definition] of steps) {
    const [example] = definition.examples;
    if (!example || example.inputs.length === 0 || elsewhere(definition)) continue;
    const inputs: string[] = [];
    for (const [at, table] of example.inputs.entries()) inputs.push(await makeInput(database, at, table));
    const copy = await copied(database);
    let fault = '';
    const ms = await timed(async () => {
      fault = await runOf(workspace, kind, definition, inputs);
    });
    const times = ms / copy;
    if (times > absurd || fault) found++;
    tellKind(kind, times, 'copies', ms, fault);
  }
  return found;
}

export default everyKind('steps-1m', 'kinds slower than 30 copies, or broken', absurdKinds);
