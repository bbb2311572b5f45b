import { expect, test } from 'vitest';
import { pipelineText } from '../../electron/engine/pipelines/pipeline-document.ts';
import { removeSteps, renameStep } from '../../renderer/rooms/pipelines/edits.ts';
import { foldGroup } from '../../renderer/rooms/pipelines/fold-group.ts';
import { boxesOf, edgesOf } from '../../renderer/rooms/pipelines/graph-of.ts';
import {
  changeGroup,
  foldGroups,
  framesOf,
  groupSteps,
  movedSteps,
  selectedGroup,
  stepsOfBoxes,
  ungroup,
} from '../../renderer/rooms/pipelines/groups.ts';
import { kindsLike } from '../../renderer/rooms/pipelines/step-kinds.ts';
import { pipelineOf } from './open-shop.ts';

const shown = {
  schemas: new Map(),
  run: null,
  freshness: new Map(),
  ranAs: undefined,
  running: false,
};

const plain = {
  ...pipelineOf([
    { id: 'orders', kind: 'source', params: { table: 'orders' } },
    { id: 'large', kind: 'filter', inputs: ['orders'], params: { condition: 'amount > 10' } },
    { id: 'first', kind: 'top', inputs: ['large'], params: {} },
    { id: 'out', kind: 'output', inputs: ['first'], params: { table: 'kept' } },
  ]),
  layout: { orders: [0, 0], large: [240, 0], first: [480, 40], out: [720, 0] },
} satisfies Parameters<typeof framesOf>[0];

const grouped = groupSteps(['large', 'first'])(plain);
const folded = changeGroup('group_1', { folded: true, note: 'only what counts' })(grouped);

test('steps are grouped, renamed, removed and ungrouped; a step is in one group only', () => {
  expect(grouped.groups).toEqual([{ id: 'group_1', title: 'Group 1', steps: ['large', 'first'] }]);
  expect(groupSteps(['first', 'out'])(grouped).groups).toEqual([
    { id: 'group_1', title: 'Group 1', steps: ['large'] },
    { id: 'group_2', title: 'Group 2', steps: ['first', 'out'] },
  ]);
  expect(renameStep('large', 'big')(grouped).groups?.[0]?.steps).toEqual(['big', 'first']);
  expect(removeSteps(['large'])(grouped).groups?.[0]?.steps).toEqual(['first']);
  expect(removeSteps(['large', 'first'])(grouped)).not.toHaveProperty('groups');
  expect(ungroup('group_1')(grouped)).toEqual(plain);
});

test('an open group is a frame; a folded one is one box that keeps the lines to the outside', () => {
  expect(framesOf(grouped)).toEqual([
    { id: 'group_1', title: 'Group 1', note: '', boxes: ['large', 'first'] },
  ]);
  expect(framesOf(folded)).toEqual([]);
  const { boxes, edges } = foldGroups(folded, boxesOf(folded, shown), edgesOf(folded, shown));
  expect(boxes.map(({ id, summary, position }) => [id, summary, position])).toEqual([
    ['orders', 'orders', [0, 0]],
    ['out', 'kept', [720, 0]],
    ['group group_1', 'only what counts', [240, 0]],
  ]);
  expect(edges.map(({ from, to }) => [from.box, to.box])).toEqual([
    ['orders', 'group group_1'],
    ['group group_1', 'out'],
  ]);
});

test('what stands right of a folded group moves up to it, and makes room when it unfolds', () => {
  const shut = foldGroup('group_1', true)(grouped);
  expect([shut.layout, shut.groups?.[0]?.folded]).toEqual([{ ...plain.layout, out: [480, 0] }, true]);
  expect(foldGroup('group_1', false)(shut)).toEqual(grouped);
  const bare = foldGroup('group_1', true)({ ...grouped, layout: {} });
  expect(new Set(Object.values(bare.layout).map(([, y]) => y)).size).toBe(1);
  const beside = { ...grouped, layout: { ...plain.layout, orders: [480, 200] } } satisfies typeof grouped;
  expect(foldGroup('group_1', true)(beside).layout).toEqual(beside.layout);
});

test('what is done to the box of a folded group is done to its steps', () => {
  expect(stepsOfBoxes(folded, ['orders', 'group group_1'])).toEqual(['orders', 'large', 'first']);
  expect(selectedGroup(folded, ['group group_1'])?.id).toBe('group_1');
  expect(selectedGroup(grouped, ['first', 'large'])?.id).toBe('group_1');
  expect(selectedGroup(grouped, ['first'])).toBeUndefined();
  expect(movedSteps(folded, { 'group group_1': [248, 80], out: [700, 0] })).toEqual({
    large: [248, 80],
    first: [488, 120],
    out: [700, 0],
  });
});

test('groups stand in the file between the steps and where they are drawn', () => {
  const text = pipelineText(folded, undefined);
  const keys = text.split('\n').flatMap((line) => /^(\w+):/.exec(line)?.[1] ?? []);
  expect(keys).toEqual(['version', 'name', 'steps', 'groups', 'layout']);
  expect(pipelineText(plain, text)).not.toContain('groups');
});

test('steps are found by what people call them', () => {
  const wanted = {
    sub: 'pipeline',
    'sub-pipeline': 'pipeline',
    formula: 'derive',
    calculate: 'derive',
    'remove dup': 'deduplicate',
    distinct: 'deduplicate',
    'group by': 'aggregate',
    rename: 'select',
    merge: 'join',
    vlookup: 'lookup',
    append: 'union',
    regex: 'replace',
    limit: 'top',
    cluster: 'standardise',
    upsert: 'output',
    anonymise: 'mask',
    'if then': 'case',
    'order by': 'sort',
  };
  const first = (words: string) => kindsLike(words)[0]?.kinds[0]?.kind;
  expect(Object.fromEntries(Object.keys(wanted).map((words) => [words, first(words)]))).toEqual(wanted);
});
