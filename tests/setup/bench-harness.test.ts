import { expect, test } from 'vitest';
import { judge, median, runBench } from '../bench/harness.ts';

test('the median of odd and even counts', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
});

test('ours and the peer run in turn, the first of each not counted', async () => {
  const order: string[] = [];
  const ours = async () => order.push('ours');
  const peer = async () => order.push('peer');
  const result = await runBench({
    name: 'turns',
    unit: 'steps',
    goal: 1,
    peerName: 'steps',
    runs: 2,
    ours,
    peer,
  });
  expect(order).toEqual(['ours', 'peer', 'ours', 'peer', 'ours', 'peer']);
  expect(result).toMatchObject({ value: 4, peerValue: 5, ratio: 0.8, ok: true });
});

test('the goal is a ratio with a peer and a value without, and may point up', () => {
  const bench = { name: 'x', unit: 'ms', goal: 2, ours: async () => {} };
  expect(judge(bench, 10, 4).ok).toBe(false);
  expect(judge(bench, 1.5, null)).toMatchObject({ ratio: null, ok: true });
  expect(judge({ ...bench, better: 'higher' }, 10, 4).ok).toBe(true);
});
