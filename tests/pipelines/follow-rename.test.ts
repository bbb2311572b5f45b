import { expect, test } from 'vitest';
import { followRename, stepsToFollow } from '../../renderer/rooms/pipelines/document/follow-rename.ts';
import { pipelineOf } from './open-shop.ts';

test('a rename is followed where the column comes to, and nowhere else', () => {
  const pipeline = pipelineOf([
    { id: 'people', kind: 'source', params: { table: 'people' } },
    { id: 'orders', kind: 'source', params: { table: 'orders' } },
    {
      id: 'good',
      kind: 'filter',
      inputs: ['orders'],
      params: { condition: 'customer > 1 and note <> \'customer\' and "customer" < 9' },
    },
    {
      id: 'by',
      kind: 'aggregate',
      inputs: ['good'],
      params: { by: ['customer'], values: [{ function: 'count', column: 'customer' }] },
    },
    {
      id: 'both',
      kind: 'join',
      inputs: ['people', 'by'],
      params: { how: 'left', on: [{ left: 'customer', right: 'customer' }] },
    },
    {
      id: 'last',
      kind: 'sort',
      inputs: ['both'],
      params: { by: [{ column: 'customer', direction: 'asc' }] },
    },
  ]);
  const renamed = { step: 'orders', from: 'customer', to: 'Client' };
  expect(stepsToFollow(pipeline, renamed)).toEqual(['good', 'by', 'both']);
  const { steps } = followRename(renamed)(pipeline);
  expect(steps.slice(2).map(({ params }) => params)).toEqual([
    { condition: '"Client" > 1 and note <> \'customer\' and "Client" < 9' },
    { by: ['Client'], values: [{ function: 'count', column: 'Client' }] },
    { how: 'left', on: [{ left: 'customer', right: 'Client' }] },
    { by: [{ column: 'customer', direction: 'asc' }] },
  ]);
});
