import { expect, test } from 'vitest';
import { pipelineText } from '../../electron/engine/pipelines/file/pipeline-document.ts';
import { boxesOf, edgesOf } from '../../renderer/rooms/pipelines/canvas/graph-of.ts';
import { copySteps, pastedIds, pasteSteps } from '../../renderer/rooms/pipelines/document/copied-steps.ts';
import { removeSteps, renameStep } from '../../renderer/rooms/pipelines/document/edits.ts';
import { foldGroup } from '../../renderer/rooms/pipelines/document/fold-group.ts';
import {
  boxesOfSteps,
  changeGroup,
  foldGroups,
  framesOf,
  groupSteps,
  movedSteps,
  selectedGroup,
  stepsOfBoxes,
  ungroup,
} from '../../renderer/rooms/pipelines/document/groups.ts';
import { kindsLike } from '../../renderer/rooms/pipelines/document/step-kinds.ts';
import { arrangedSteps, boxHeight, boxWidth } from '../../shared/place-steps.ts';
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

test('a line says from which output it comes, where a box has several at its side', () => {
  const two = pipelineOf([
    { id: 'parts', kind: 'pipeline', params: { pipeline: 'parts' } },
    { id: 'a', kind: 'top', inputs: ['parts'], params: {} },
    { id: 'b', kind: 'top', inputs: ['parts.small'], params: {} },
  ]);
  const nest = { inputs: [], outputs: [{ name: 'rows' }, { name: 'small' }] };
  const schemas = new Map([['parts', { nest }]]) as never;
  expect(edgesOf(two, { ...shown, schemas }).map(({ of }) => of)).toEqual(['Rows', 'small']);
  expect(edgesOf(plain, shown).map(({ of }) => of)).toEqual([undefined, undefined, undefined]);
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

test('a step that only has another name now is as it was, and so are those after it', () => {
  const named = renameStep('large', 'big')(plain);
  const ran = { kind: 'filter', status: 'ran', rows: 3, rejects: null, left: {}, ms: 1, why: '' } as const;
  const run = {
    pipeline: 'p',
    status: 'done',
    steps: plain.steps.map(({ id }) => ({ ...ran, id })),
    ms: 1,
    at: new Date().toISOString(),
  } as const;
  const judged = (status: 'fresh' | 'stale') =>
    new Map(named.steps.map(({ id, kind }) => [id, { id, kind, status, why: 'as it was' }] as const));
  const states = (status: 'fresh' | 'stale') =>
    boxesOf(named, { ...shown, run, ranAs: plain, freshness: judged(status) }).map(({ state }) => state);
  expect(states('fresh')).toEqual(['done', 'done', 'done', 'done']);
  expect(states('stale')).toEqual(['stale', 'new', 'stale', 'stale']);
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

test('a folded group is copied with its steps, and pasted as one', () => {
  const copied = copySteps(folded, stepsOfBoxes(folded, ['group group_1']));
  expect(copied.groups.map(({ id }) => id)).toEqual(['group_1']);
  const ids = pastedIds(folded, copied);
  const pasted = pasteSteps(copied, ids)(folded);
  expect(pasted.groups?.[1]).toEqual({
    id: 'group_2',
    title: 'Group 1',
    note: 'only what counts',
    folded: true,
    steps: ['large_2', 'first_2'],
  });
  expect(boxesOfSteps(pasted, [...ids.values()])).toEqual(['group group_2']);
  expect([pasted.layout['large_2'], pasted.layout['first_2']]).toEqual([
    [288, 96],
    [528, 136],
  ]);
  expect(copySteps(folded, ['large']).groups).toEqual([]);
});

test('steps are arranged so that a frame holds its own alone, and a folded group takes the place of one box', () => {
  const source = { id: 's', kind: 'source', params: { table: 'orders' } };
  const row = (letter: string, from: string) =>
    [1, 2, 3].map((at) => ({
      id: `${letter}${at}`,
      kind: 'sort',
      inputs: [at === 1 ? from : `${letter}${at - 1}`],
      params: {},
    }));
  const all = [source, ...row('a', 's'), ...row('b', 's'), ...row('c', 'a2'), ...row('d', 'b1')];
  const two = {
    ...pipelineOf([...all, { id: 'end', kind: 'union', inputs: ['a3', 'b3', 'c3', 'd3'], params: {} }]),
    groups: [
      { id: 'one', title: 'One', steps: ['a1', 'a2', 'c1', 'b3'] },
      { id: 'two', title: 'Two', steps: ['b1', 'd2'] },
    ],
  };
  const places = arrangedSteps(two);
  const inside = ({ steps }: { steps: readonly string[] }, id: string) => {
    const at = steps.map((step) => places[step] ?? [0, 0]);
    const [x, y] = places[id] ?? [0, 0];
    const within = (place: number, all: readonly number[], size: number) =>
      place + size > Math.min(...all) - 14 && place < Math.max(...all) + size + 14;
    return (
      within(
        x,
        at.map(([left]) => left),
        boxWidth,
      ) &&
      within(
        y,
        at.map(([, top]) => top),
        boxHeight,
      )
    );
  };
  for (const group of two.groups)
    expect(two.steps.filter(({ id }) => !group.steps.includes(id) && inside(group, id))).toEqual([]);
  const shut = { ...two, groups: two.groups.map((group) => ({ ...group, folded: group.id === 'one' })) };
  const drawn = foldGroups(shut, boxesOf({ ...shut, layout: arrangedSteps(shut) as never }, shown), []).boxes;
  expect(drawn.map(({ id }) => id)).toContain('group one');
  for (const [
    at,
    {
      position: [x, y],
    },
  ] of drawn.entries())
    for (const other of drawn.slice(at + 1))
      expect(
        Math.abs(other.position[0] - x) >= boxWidth || Math.abs(other.position[1] - y) >= boxHeight,
      ).toBe(true);
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
  expect(first('search')).toBe('nearest');
  expect(Object.fromEntries(Object.keys(wanted).map((words) => [words, first(words)]))).toEqual(wanted);
});
