import { readdirSync } from 'node:fs';
import { iconNames } from 'lucide-react/dynamic';
import { describe, expect, test } from 'vitest';
import {
  type ExampleTable,
  rejectsOf,
  type StepDefinition,
  type StepInput,
} from '../../shared/define-step.ts';
import { definitionFaults } from '../../shared/definition-faults.ts';
import { schemaOf, text } from '../../shared/params.ts';
import { toProblem } from '../../shared/problem.ts';
import { steps } from '../../shared/registry.ts';
import { sql } from '../../shared/sql.ts';
import { sharedDatabase } from '../open-test-engine.ts';
import { asText, columnsOf, createInput, sorted, textRows } from './example-rows.ts';
import { hostileExample, hostileNames } from './hostile-names.ts';

const database = sharedDatabase();

type Example = StepDefinition['examples'][number];

const typesOf = (table: ExampleTable) =>
  Object.fromEntries(columnsOf(table).map(({ name, type }) => [name, type]));

const nulls = (table: ExampleTable) => Object.fromEntries(columnsOf(table).map(({ name }) => [name, null]));

/** Inputs as they may come as well, made of those of the examples. */
const shapes: Readonly<Record<string, (table: ExampleTable) => ExampleTable['rows']>> = {
  'no rows': () => [],
  'one row': ({ rows }) => rows.slice(0, 1),
  'nothing but nulls': (table) => table.rows.map(() => nulls(table)),
  'a row of nulls among others': (table) => [...table.rows, nulls(table)],
};

const inputNames = ['first', 'second', 'third'];
const createInputs = (tables: readonly ExampleTable[]) =>
  Promise.all(tables.map((table, at) => createInput(database(), inputNames[at] ?? `input${at}`, table)));

/** The same inputs where something after the step counts on the order of its rows. */
const inOrder = (inputs: readonly StepInput[]) => inputs.map((input) => ({ ...input, inOrder: true }));

test('every kind is found by its file', () => {
  const files = readdirSync(new URL('../../shared/steps', import.meta.url));
  expect([...steps.keys()].map((kind) => `${kind}.ts`).sort()).toEqual(files.sort());
});

describe.each([...steps])('%s', (_kind, definition) => {
  test('is complete', () => {
    expect(definitionFaults(definition)).toEqual([]);
    expect(iconNames).toContain(definition.icon);
  });

  test.each(definition.examples.map((example) => [example.says, example] as const))(
    '%s',
    async (_says, example) => {
      const inputs = await createInputs(example.inputs);
      const { columns, rows } = await textRows(database(), definition.sql(inputs, example.params));
      const shown = definition.ordered ? (list: typeof rows) => list : sorted;
      expect(shown(rows)).toEqual(shown(asText(example.output)));
      const kept = await textRows(database(), definition.sql(inOrder(inputs), example.params));
      expect([shown(kept.rows), kept.columns]).toEqual([shown(rows), columns]);
      if (definition.columns !== 'described') {
        expect(definition.columns(example.inputs.map(columnsOf), example.params)).toEqual(columns);
      }
      for (const [name, { sql, input = 0 }] of rejectsOf(definition)) {
        const { rows, columns } = await textRows(database(), sql(inputs, example.params));
        const kept = await textRows(database(), sql(inOrder(inputs), example.params));
        expect(sorted(kept.rows)).toEqual(sorted(rows));
        const expected = { ...example.left, rejects: example.rejects }[name] ?? [];
        expect(sorted(rows)).toEqual(sorted(asText(expected)));
        expect(columns).toEqual(inputs[input]?.columns);
      }
    },
  );

  test.each(hostileNames)('holds names like %j and values that would end a text', async (hostile) => {
    const example = definition.examples[
      hostileNames.indexOf(hostile) % definition.examples.length
    ] as Example;
    const { tables, params } = hostileExample(definition, example, hostile);
    const inputs = await createInputs(tables);
    const { columns, rows } = await textRows(database(), definition.sql(inputs, params));
    expect(rows.length).toBe(example.output.length);
    expect(columns.length).toBe(new Set(columns.map(({ name }) => name)).size);
    for (const [name, rejects] of rejectsOf(definition)) {
      const { rows } = await textRows(database(), rejects.sql(inputs, params));
      expect(rows.length).toBe({ ...example.left, rejects: example.rejects }[name]?.length ?? 0);
    }
    const assay = await database().one(sql`select to_regclass('assay.tables')::text as there`);
    expect(assay).toEqual({ there: 'assay.tables' });
  });

  test.each(Object.entries(shapes))('takes %s', async (_shape, change) => {
    const going = definition.examples.filter(({ params }) => params['broken'] !== 'stop');
    for (const { inputs: tables, params } of going) {
      const changed = tables.map((table) => ({ types: typesOf(table), rows: change(table) }));
      const inputs = await createInputs(changed);
      const { columns, rows } = await textRows(database(), definition.sql(inputs, params));
      if (definition.columns !== 'described')
        expect(columns).toEqual(definition.columns(changed.map(columnsOf), params));
      const came = changed[0]?.rows.length ?? 0;
      if ((definition.rowByRow || definition.sameCount) && changed.length > 0) expect(rows.length).toBe(came);
      for (const [name, rejects] of rejectsOf(definition)) {
        const left = await textRows(database(), rejects.sql(inputs, params));
        if (name === 'rejects') expect(rows.length + left.rows.length).toBe(came);
      }
    }
  });
});

/** What has as many rows as it has groups, or what a person wrote: no row of it is one that came in. */
const kindsThatCombine = ['aggregate', 'pivot', 'select', 'sql'];

test('every row that comes in goes on or is offered as left out, by every kind', async () => {
  const combining = new Set<string>();
  for (const [kind, definition] of steps) {
    if (definition.reads || definition.examples.every(({ inputs }) => inputs.length === 0)) continue;
    for (const { inputs: tables, params } of definition.examples) {
      if (params['broken'] === 'stop') continue;
      const marked = tables.map((table, at) => withMarks(table, at));
      const inputs = await createInputs(marked);
      const output = await textRows(database(), definition.sql(inputs, params));
      const others = rejectsOf(definition);
      for (const [at, table] of marked.entries()) {
        const own = [...others.values()].filter(({ input = 0 }) => input === at);
        const mark = `mark ${at}`;
        const goesOn = output.columns.some(({ name }) => name === mark);
        if (at === 0 && !goesOn) combining.add(kind);
        if (!goesOn || (at > 0 && own.length === 0)) continue;
        const left = await Promise.all(own.map(({ sql }) => textRows(database(), sql(inputs, params))));
        const seen = [output, ...left].flatMap(({ rows }) => rows.flatMap((row) => row[mark] ?? []));
        const missing = table.rows.filter((row) => !seen.includes(String(row[mark])));
        expect({ kind, params, missing }).toEqual({ kind, params, missing: [] });
      }
    }
  }
  expect([...combining].filter((kind) => !kindsThatCombine.includes(kind))).toEqual([]);
});

/** The rows of a table twice, each with a mark of its own, and one more of nulls; what compares whole rows finds the first's mark in all. */
const withMarks = (table: ExampleTable, input: number): ExampleTable => ({
  types: { ...typesOf(table), 'mark 0': 'text', [`mark ${input}`]: 'text' },
  rows: [...table.rows, ...table.rows, nulls(table)].map((row, at) => ({
    ...row,
    [`mark ${input}`]: `row ${at}`,
  })),
});

test.each([
  ['replace', { columns: ['code'], how: 'whole', pairs: [{ find: 'a', with: 'longer' }], anyCase: false }],
  ['standardise', { column: 'code', groups: [{ becomes: 'longer', values: ['a'] }] }],
  ['correct', { corrections: [{ column: 'code', was: 'a', when: '', to: 'longer' }] }],
  ['fill', { columns: ['code'], how: 'value', value: 'longer', by: [], order: [] }],
])('%s cuts no text to the length of its column', async (kind, params) => {
  const definition = steps.get(kind) as StepDefinition;
  for (const type of ['character varying(3)', 'character(3)']) {
    const inputs = await createInputs([
      { types: { code: type }, rows: [{ code: kind === 'fill' ? null : 'a' }] },
    ]);
    const { columns, rows } = await textRows(database(), definition.sql(inputs, params));
    expect(rows).toEqual([{ code: 'longer' }]);
    const told = definition.columns as Exclude<StepDefinition['columns'], 'described'>;
    expect(told([inputs[0]?.columns ?? []], params)).toEqual(columns);
  }
});

test.each([
  ['fill', { columns: ['n'], how: 'mean', value: '', by: ['g'], order: [] }],
  ['fill', { columns: ['n'], how: 'median', value: '', by: ['g'], order: [] }],
  [
    'window',
    {
      values: [{ function: 'row_number', column: '', name: 'nr' }],
      by: ['g'],
      order: [{ column: 'arrival', direction: 'desc' }],
      frame: 'running',
      before: null,
    },
  ],
])('%s leaves rows in the order they come in, %j', async (kind, params) => {
  const definition = steps.get(kind) as StepDefinition;
  const rows = ['b', 'a', 'c', 'a', 'b'].map((g, arrival) => ({ g, arrival, n: null }));
  const inputs = await createInputs([{ types: { arrival: 'integer', n: 'integer' }, rows }]);
  const made = await textRows(database(), definition.sql(inputs, params));
  expect(made.rows.map(({ arrival }) => arrival)).toEqual(['0', '1', '2', '3', '4']);
});

test('a key that stands several times in the table looked into gives its first row', async () => {
  const table = Array.from({ length: 200 }, (_, at) => ({ no: at % 2, at }));
  const inputs = await createInputs([
    { types: { no: 'integer' }, rows: [{ no: 0 }, { no: 1 }] },
    { types: { no: 'integer', at: 'integer' }, rows: table },
  ]);
  const params = { on: [{ left: 'no', right: 'no' }], take: [{ column: 'at', name: '' }] };
  const { rows } = await textRows(database(), (steps.get('lookup') as StepDefinition).sql(inputs, params));
  expect(rows.map(({ at }) => at)).toEqual(['0', '1']);
});

test.each([
  ['top', { rows: 0, by: [], order: [] }, 'Rows: at least 1'],
  ['top', { rows: -1, by: [], order: [] }, 'Rows: at least 1'],
  ['sample', { how: 'rows', size: -1, seed: 1 }, 'Rows: a whole number, at least 1.'],
  ['sample', { how: 'share', size: 0, seed: 1 }, 'Percent: more than 0, at most 100.'],
])('%s of %j keeps nothing, and is refused', async (kind, params, words) => {
  const definition = steps.get(kind) as StepDefinition;
  const inputs = await createInputs([{ rows: [{ a: 'x' }] }]);
  const asked = () => {
    const { error, data } = schemaOf(definition.params).safeParse(params);
    return error ? error.issues[0]?.message : definition.sql(inputs, data as never);
  };
  const said = (() => {
    try {
      return asked();
    } catch (thrown) {
      return toProblem(thrown).message;
    }
  })();
  expect(said).toBe(words);
});

test.each(['dmy', 'mdy', 'ymd'])(
  'dates as %s are read alike, however far their parts stand apart',
  async (order) => {
    const { sql: parse } = steps.get('parse-date') as StepDefinition;
    const [days, months] = [
      ['1', '09', '31'],
      ['2', '09', '13', 'Oct', 'AUGUST', 'sept'],
    ];
    const years = ['2024', '69', '05'];
    const times = ['', ' 7:05', 'T23:59:07', ' 24:00'];
    const rows: { near: string; far: string }[] = [];
    for (const d of days)
      for (const m of months)
        for (const y of years)
          for (const [at, time] of times.entries()) {
            const parts = [...order].map((part) => ({ d, m, y })[part]);
            rows.push({ near: parts.join('/.- '[at]) + time, far: parts.join(', ') + time });
          }
    const inputs = await createInputs([{ rows }]);
    const read = async (column: string) => {
      const params = { column, name: 'read', otherwise: 'null', order, type: 'timestamp' };
      return (await textRows(database(), parse(inputs, params))).rows;
    };
    const [near, far] = [await read('near'), await read('far')];
    expect(near).toEqual(far);
    expect(near.filter(({ read }) => read === null).length).toBe(108);
  },
);

describe('a definition that is not complete is refused', () => {
  const complete = steps.get('filter') as StepDefinition;

  test.each<[string, Partial<StepDefinition>, string[]]>([
    ['without help', { help: '' }, ['has no help']],
    ['without examples', { examples: [] }, ['has no examples']],
    ['without a title and an icon', { title: ' ', icon: '' }, ['has no title', 'has no icon in kebab-case']],
    [
      'with a parameter nobody explains',
      { params: { condition: text('Condition', '') } },
      ['has no help for the parameter condition'],
    ],
    [
      'with rejects nobody shows',
      {
        examples: [{ says: 'keeps all', params: { condition: 'true' }, inputs: [{ rows: [] }], output: [] }],
      },
      ['has no example with rejects'],
    ],
    [
      'that drops rows although it goes row by row',
      { rowByRow: true },
      complete.examples.map(
        ({ says }) => `has an example "${says}" that drops or adds rows, although rowByRow`,
      ),
    ],
    [
      'whose rejects leave rows out',
      { examples: complete.examples.map((example) => ({ ...example, output: [] })) },
      complete.examples.map(
        ({ says }) => `has an example "${says}" whose output and rejects are not its input's rows`,
      ),
    ],
    [
      'with an example of wrong parameters and inputs',
      { rejects: undefined, examples: [{ says: 'is wrong', params: {}, inputs: [], output: [] }] },
      [
        'has an example "is wrong" whose parameters are not valid',
        'has an example "is wrong" that does not fill its inputs',
      ],
    ],
  ])('%s', (_says, broken, faults) => {
    expect(definitionFaults({ ...complete, ...broken } as StepDefinition)).toEqual(faults);
  });
});
