import { expect, test } from 'vitest';
import { openTestEngine } from '../open-test-engine.ts';
import { cells } from '../tables/arrow-rows.ts';

test('a text stands for a vector where PostgreSQL wants one', async () => {
  const { engine } = await openTestEngine();
  await engine.query.run({
    text: `create table notes (body text, status text);
      insert into notes values ('The courier lost the package', 'active'), ('You charged my card twice', 'active'),
        ('It closes when I open the camera', 'closed')`,
    writing: 'free',
  });
  await engine.search.embed({ table: 'notes', columns: ['body'] });
  const text = `select content, 1 - (embedding <=> :q) > 0.3 as near from collections.notes
    where metadata->>'status' = :status order by embedding <=> :q limit 10`;
  const values = { q: 'double payment', status: 'active' };
  const [found] = await engine.query.run({ text, values });
  expect(cells(found?.bytes)).toEqual([
    ['You charged my card twice', true],
    ['The courier lost the package', false],
  ]);
  const [counted] = await engine.query.run({
    text: 'select vector_dims(:q::vector) as n, :status::text as status',
    values: { q: '[1,2,3]', status: '' },
  });
  expect(cells(counted?.bytes)).toEqual([[3, '']]);
  expect(found?.remarks).toBeUndefined();
  await engine.query.run({
    text: 'create table plain as select embedding as v from collections.notes; create table short (v vector(3))',
  });
  const [plain] = await engine.query.run({
    text: 'select v <=> :q as far from plain order by 1',
    values: { q: 'double payment' },
  });
  expect(plain?.remarks).toEqual([
    expect.stringMatching(/by all-MiniLM-L6-v2\. Which model made plain\.v is not/),
  ]);
  const [given] = await engine.query.run({
    text: 'select v <=> :q as far from short',
    values: { q: '[1,2,3]' },
  });
  expect(given?.remarks).toBeUndefined();
  const bound = await engine.query.bound({
    text: 'select embedding <-> :q from collections.notes',
    values: { q: 'x' },
  });
  expect(bound.text).toMatch(/<-> \('\[-?0\.\d+,/);
  await engine.query.run({ text: "update collections.notes set model_version = 'old'", writing: 'free' });
  await expect(engine.query.run({ text, values })).rejects.toMatchObject({
    problem: { message: expect.stringMatching(/"notes" has vectors of .* old, which cannot be compared/) },
  });
});
