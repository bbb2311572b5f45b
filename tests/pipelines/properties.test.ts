import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { compile } from '../../electron/engine/pipelines/plan/compile.ts';
import { planPipeline } from '../../electron/engine/pipelines/plan/plan-pipeline.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { parseRef } from '../../shared/pipeline-graph.ts';
import { ident, literals, type Sql, sql } from '../../shared/sql.ts';
import { workspaceFolder } from '../open-test-engine.ts';
import { sorted, textRows } from '../steps/example-rows.ts';
import { pipelineOf } from './open-shop.ts';

async function openNumbers() {
  const workspace = await openWorkspace({ dir: await workspaceFolder(), create: true });
  onTestFinished(() => workspace.close());
  const { database } = workspace;
  await database.run(sql`create table numbers as
    select i as _row, nullif(i % 7, 3)::integer as a, nullif(i % 5, 1)::integer as b, nullif(chr((65 + i % 4)::integer), 'C') as t
    from generate_series(1::bigint, 60) i`);
  await database.run(sql`insert into assay.tables (name, origin, row_count) values ('numbers', 'query', 60)`);
  return database;
}

const atom = fc.constantFrom('a', 'b', 'a + b', '3', 'null::integer', 'length(t)');
const comparison = fc
  .tuple(atom, fc.constantFrom('=', '<', '>=', '<>', 'is distinct from'), atom)
  .map(([left, sign, right]) => `${left} ${sign} ${right}`);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    comparison,
    fc.constantFrom('a is null', "t = 'A'", 'a in (1, null)', 'null'),
    fc
      .tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition'))
      .map(([left, word, right]) => `(${left}) ${word} (${right})`),
    tie('condition').map((inner) => `not (${inner})`),
  ),
}));

test('what a filter keeps and what it drops are together what came in, nulls too', async () => {
  const database = await openNumbers();
  const all = (await textRows(database, sql`select a, b, t from numbers`)).rows;
  await fc.assert(
    fc.asyncProperty(condition, async (written) => {
      const plan = await planPipeline(
        database,
        pipelineOf([
          { id: 'numbers', kind: 'source', params: { table: 'numbers' } },
          { id: 'f', kind: 'filter', inputs: ['numbers'], params: { condition: written } },
        ]),
      );
      expect(plan.steps.get('f')?.problems).toEqual([]);
      const kept = await textRows(database, compile(plan, { step: 'f', output: 'rows' }));
      const dropped = await textRows(database, compile(plan, { step: 'f', output: 'rejects' }));
      expect(sorted([...kept.rows, ...dropped.rows])).toEqual(sorted(all));
    }),
    { numRuns: 60 },
  );
});

const link = fc.oneof(
  condition.map((written) => ({ kind: 'filter', params: { condition: written }, output: 'rows' })),
  condition.map((written) => ({ kind: 'filter', params: { condition: written }, output: 'rejects' })),
  fc.tuple(fc.constantFrom('a', 'b', 'c'), atom).map(([name, expression]) => ({
    kind: 'derive',
    params: { columns: [{ name: name === 'c' ? 'a' : name, expression }] },
    output: 'rows',
  })),
  fc.constant({
    kind: 'sql',
    params: { query: 'select a, b, t from input0 union all select b, a, t from input0' },
    output: 'rows',
  }),
);

test('the compiled chain gives what its steps give one by one', async () => {
  const database = await openNumbers();
  await fc.assert(
    fc.asyncProperty(fc.array(link, { minLength: 1, maxLength: 5 }), async (links) => {
      const chain = links.map(({ kind, params, output }, at) => {
        const before =
          at === 0 ? 'numbers' : `s${at - 1}${links[at - 1]?.output === 'rejects' ? '.rejects' : ''}`;
        const name = before.replace('.', '_');
        const own =
          kind === 'sql'
            ? { query: String(params['query' as keyof typeof params]).replaceAll('input0', name) }
            : params;
        return { id: `s${at}`, kind, inputs: [before], params: own, output };
      });
      const plan = await planPipeline(
        database,
        pipelineOf([
          { id: 'numbers', kind: 'source', params: { table: 'numbers' } },
          ...chain.map(({ output: _output, ...step }) => step),
        ]),
      );
      const last = chain.at(-1)!;
      const target = parseRef(last.output === 'rejects' ? `${last.id}.rejects` : last.id);
      const whole = await textRows(database, compile(plan, target));
      const held = new Map<string, Sql>();
      for (const [at, text] of [
        'numbers',
        ...chain.map(({ id, output }) => (output === 'rejects' ? `${id}.rejects` : id)),
      ].entries()) {
        const table = ident('pg_temp', `one_${at}`);
        await database.run(sql`drop table if exists ${table}`);
        await database.run(
          literals(sql`create temp table ${table} as ${compile(plan, parseRef(text), held)}`),
        );
        held.set(text, table);
      }
      const single = await textRows(database, sql`select * from ${ident('pg_temp', `one_${chain.length}`)}`);
      expect(sorted(whole.rows)).toEqual(sorted(single.rows));
    }),
    { numRuns: 40 },
  );
});
