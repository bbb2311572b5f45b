import { type RefObject, useEffect } from 'react';
import { summaryOf } from '../../../../shared/step-words.ts';
import { prompt } from '../../../ui/ask.tsx';
import { togglePart } from '../../../workspace/layout.ts';
import { useTab } from '../../../workspace/tab-state.ts';
import { holdCanvas } from '../document/canvases.ts';
import { keepCopied, lastCopied } from '../document/clipboard.ts';
import { copySteps, pastedIds, pasteSteps } from '../document/copied-steps.ts';
import { foldGroup } from '../document/fold-group.ts';
import { boxesOfSteps, groupSteps, selectedGroup, stepsOfBoxes, ungroup } from '../document/groups.ts';
import type { PipelineModel } from '../document/use-pipeline.ts';
import { useRun, useRunTask } from '../run/run.ts';
import { type Alignment, alignSteps } from './align.ts';
import { arrangeAll } from './use-canvas.ts';

/** Lets the commands reach this canvas: undo, copy, arrange, run. */
export function useCanvasActions(
  model: PipelineModel,
  remove: () => void,
  place: { readonly canvas: RefObject<HTMLElement | null>; readonly palette: RefObject<HTMLElement | null> },
): void {
  const { id } = useTab();
  const running = useRunTask() !== undefined;
  const run = useRun(model);
  useEffect(() => {
    const { pipeline, selected, select } = model;
    const { boxes, edges } = selected;
    const ids = pipeline ? stepsOfBoxes(pipeline, boxes) : [];
    const group = pipeline && selectedGroup(pipeline, boxes);
    const copy = pipeline && ids.length > 0 ? () => keepCopied(copySteps(pipeline, ids)) : undefined;
    const ready = !running && pipeline !== undefined && pipeline.steps.length > 0;
    const [only = '', ...others] = boxes;
    const single = only !== '' && others.length === 0;
    return holdCanvas(id, {
      undo: model.undo,
      redo: model.redo,
      copy,
      cut: copy && (() => [copy(), remove()]),
      paste: pipeline && (() => paste(model)),
      remove: boxes.length + edges.length > 0 ? remove : undefined,
      selectAll: () => select({ boxes: allBoxes(pipeline), edges: [] }),
      group:
        ids.length > 0 && !group
          ? () => [model.edit(groupSteps(ids)), togglePart('inspector', true)]
          : undefined,
      ungroup: group && (() => model.edit(ungroup(group.id))),
      fold: group && (() => model.edit(foldGroup(group.id, !group.folded))),
      arrange: () => arrangeAll(model),
      ...alignments(model),
      findStep: pipeline && pipeline.steps.length > 0 ? () => void findStep(model) : undefined,
      chooseStep: () => place.palette.current?.querySelector('input')?.focus(),
      run: ready ? () => void run().catch(() => {}) : undefined,
      runToSelected: ready && single ? () => void run({ to: only }).catch(() => {}) : undefined,
      runFromSelected: ready && single ? () => void run({ from: only }).catch(() => {}) : undefined,
      hasFocus: () =>
        document.activeElement === document.body || !!place.canvas.current?.contains(document.activeElement),
    });
  }, [id, model, remove, place, run, running]);
}

const allBoxes = (pipeline: PipelineModel['pipeline']): string[] =>
  pipeline
    ? boxesOfSteps(
        pipeline,
        pipeline.steps.map(({ id }) => id),
      )
    : [];

function alignments({ selected: { boxes }, edit }: PipelineModel) {
  const line = (how: Alignment) => (boxes.length > 1 ? () => edit(alignSteps(boxes, how)) : undefined);
  return {
    alignLeft: line('left'),
    alignTop: line('top'),
    spaceAcross: boxes.length > 2 ? line('across') : undefined,
    spaceDown: boxes.length > 2 ? line('down') : undefined,
  };
}

/** Selects, and so brings into view, the first step whose name, kind or setting has the words. */
async function findStep({ pipeline, select }: PipelineModel): Promise<void> {
  const matching = (text: string) =>
    pipeline?.steps.find((step) =>
      [step.id, step.title, step.kind, summaryOf(step)]
        .join(' ')
        .toLowerCase()
        .includes(text.trim().toLowerCase()),
    );
  const text = await prompt({
    title: 'Find a step',
    label: 'Part of its name, kind or setting',
    action: 'Go there',
    validate: (written) => (matching(written) ? undefined : 'No step has that.'),
  });
  const found = text === null ? undefined : matching(text);
  if (found && pipeline) select({ boxes: boxesOfSteps(pipeline, [found.id]), edges: [] });
}

function paste({ pipeline, edit, select }: PipelineModel): void {
  const copied = lastCopied();
  if (!copied || !pipeline) return;
  const ids = pastedIds(pipeline, copied);
  const pasted = pasteSteps(copied, ids);
  edit(pasted);
  select({ boxes: boxesOfSteps(pasted(pipeline), [...ids.values()]), edges: [] });
}
