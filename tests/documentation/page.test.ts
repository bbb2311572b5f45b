import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import profileCommand from '../../electron/cli/commands/profile.ts';
import { profileHtml } from '../../electron/cli/profile-html.ts';
import { openTestEngine } from '../open-test-engine.ts';

const contract = `apiVersion: v3.1.0
kind: DataContract
id: people
name: people
version: 1.0.0
status: active
schema:
  - name: people
    description: Who <buys> & why
    properties:
      - name: name
        description: As on the bill
      - name: iban
        classification: private
`;

const pipeline = {
  version: 1 as const,
  name: 'by city',
  description: 'How many live where',
  steps: [
    { id: 'people', kind: 'source', inputs: [], params: { table: 'people' } },
    {
      id: 'counted',
      kind: 'aggregate',
      inputs: ['people'],
      params: {
        by: ['city'],
        values: [
          { name: 'people', function: 'count', column: '', where: '', percent: null },
          { name: 'account', function: 'max', column: 'iban', where: '', percent: null },
        ],
      },
    },
    { id: 'out', kind: 'output', inputs: ['counted'], params: { table: 'cities' } },
  ],
  layout: {},
};

async function documented(samples = true) {
  const { engine, dir } = await openTestEngine();
  await engine.query.run({
    text: `create table people as select * from (values ('Ann <b>', 'CH93 0076', 'Bern'), ('Bob', 'CH11 2222', null)) v(name, iban, city)`,
  });
  await mkdir(join(dir, 'checks'), { recursive: true });
  await writeFile(join(dir, 'checks', 'people.yaml'), contract);
  await engine.pipelines.save({ pipeline });
  await engine.pipelines.run({ name: 'by city' });
  const written = await engine.documentation.write({ folder: join(dir, 'out'), samples });
  return { written, dir, engine, page: await readFile(written.file, 'utf8') };
}

test('one page tells tables, columns, where they come from, pipelines with their picture, and no private value', async () => {
  const { written, page, dir, engine } = await documented();
  expect(written).toEqual({
    file: join(dir, 'out', 'documentation.html'),
    tables: 2,
    pipelines: 1,
    checks: 0,
    collections: 0,
  });
  expect(page).toContain('Who &lt;buys&gt; &amp; why');
  expect(page).toContain('As on the bill');
  expect(page).toContain('<td>Ann &lt;b&gt;</td>');
  expect(page).not.toMatch(/CH93|CH11/);
  expect(page).toContain('Private, not shown: iban.');
  expect(page).toContain('Private, not shown: account.');
  expect(page).toContain('<a href="#table-people">people.city</a>');
  expect(page).toContain('<a href="#table-cities">cities.city</a>');
  expect(page).toContain('written by <a href="#pipeline-by%20city">by city</a>');
  expect(page).toContain('aria-label="by city: people, counted, out"');
  expect(page).not.toMatch(/(src|href)="(?!#)/);
  for (const [table, column] of [
    ['people', 'iban'],
    ['cities', 'account'],
  ] as const) {
    const hidden = await engine.checks.hidden({ table });
    expect(hidden).toContain(column);
    const profile = await engine.tables.profile({ table });
    const report = profileHtml(profile, await engine.tables.relations({ table }), new Date(0), hidden);
    expect(report).toContain(`${column} (private)`);
    expect(report).not.toMatch(/CH93|CH11|2222/);
    const call = { args: [table], options: {}, dir, engine: async () => engine, long: {} };
    const { text, json } = await profileCommand.run(call);
    expect(`${text}${JSON.stringify(json)}`).not.toMatch(/CH93|CH11|2222/);
    expect(text).toContain(column);
  }
  const bare = await engine.documentation.write({ folder: join(dir, 'out'), samples: false });
  expect(await readFile(bare.file, 'utf8')).not.toContain('Ann');
});

test('a folder that is a file is told', async () => {
  const { engine, dir } = await openTestEngine();
  await writeFile(join(dir, 'here'), '');
  await expect(engine.documentation.write({ folder: join(dir, 'here') })).rejects.toMatchObject({
    problem: { code: 'disk', message: `${join(dir, 'here', 'documentation.html')} cannot be written.` },
  });
});
