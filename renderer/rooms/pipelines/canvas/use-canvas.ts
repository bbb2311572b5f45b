import { useCallback, useMemo } from 'react';
import type { Pipeline, StepSchema } from '../../../../shared/contract/pipelines.ts';
import { type Rejects, rejectsOf } from '../../../../shared/define-step.ts';
import { type StepRef, wouldCircle } from '../../../../shared/pipeline-graph.ts';
import { arrangedSteps, freePlace, type Position, placesOf } from '../../../../shared/place-steps.ts';
import { steps } from '../../../../shared/registry.ts';
import type { Selected } from '../../../graph/canvas.tsx';
import type { BoxInput, BoxOutput } from '../../../graph/graph.ts';
import type { MenuItem } from '../../../ui/menu.tsx';
import { showPanel, togglePart } from '../../../workspace/layout.ts';
import { useTabState } from '../../../workspace/tab-state.ts';
import { addStep, connect, disconnect, freeId, moveSteps, removeSteps } from '../document/edits.ts';
import { foldGroup } from '../document/fold-group.ts';
import { groupOfBox, movedSteps, stepsOfBoxes } from '../document/groups.ts';
import { dragType, kindsAfter, writingKind } from '../document/step-kinds.ts';
import type { PipelineModel } from '../document/use-pipeline.ts';
import { edgeEnd } from './graph-of.ts';

const refOf = ({ box, output }: BoxOutput): StepRef => ({ step: box, output: output as StepRef['output'] });
const portOf = ({ port }: BoxInput): number => (port === 'any' ? -1 : Number(port));

/** Opens the form of the selected step, and puts the keyboard in it as soon as it is there. */
export function openForm(): void {
  togglePart('inspector', true);
  const focus = (triesLeft: number) => {
    const field = document.querySelector<HTMLElement>(
      '[data-step-form] :is(input, textarea, [role=combobox])',
    );
    if (field) field.focus();
    else if (triesLeft > 0) requestAnimationFrame(() => focus(triesLeft - 1));
  };
  requestAnimationFrame(() => focus(40));
}

/** A folded group unfolds; a step shows its form. */
function openBox({ pipeline, edit }: Pick<PipelineModel, 'pipeline' | 'edit'>, box: string): void {
  const group = pipeline && groupOfBox(pipeline, box);
  if (group) edit(foldGroup(group.id, false));
  else openForm();
}

/** Opens form and preview for the first step that is selected in a tab; closed again, they stay closed. */
function useIntroduction(): () => void {
  const [introduced, setIntroduced] = useTabState('introduced', false);
  return useCallback(() => {
    if (introduced) return;
    setIntroduced(true);
    togglePart('inspector', true);
    showPanel('pipeline', 'preview');
  }, [introduced, setIntroduced]);
}

type Add = (kind: string, options: { at?: Position; after?: StepRef | undefined }) => void;

const leftOut = (pipeline: Pipeline | undefined, id: string): readonly [name: string, rejects: Rejects][] => {
  const definition = steps.get(pipeline?.steps.find((step) => step.id === id)?.kind ?? '');
  return definition ? [...rejectsOf(definition)] : [];
};

/** The usual steps to put after an output, the way to all others, and a table for what the step leaves out. */
function useAfter({ pipeline, select }: PipelineModel, add: Add, chooseStep: () => void) {
  return useCallback(
    (box: string, output: string): readonly MenuItem[] => [
      ...kindsAfter.map(({ kind, definition }) => ({
        label: definition.title,
        run: () => add(kind, { after: refOf({ box, output }) }),
      })),
      ...leftOut(pipeline, box).map(([name, { title }]) => ({
        label: `Write ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
        run: () => add(writingKind, { after: { step: box, output: name } }),
      })),
      {
        label: 'More…',
        run: () => {
          select({ boxes: [box], edges: [] });
          chooseStep();
        },
      },
    ],
    [pipeline, add, select, chooseStep],
  );
}

/** What mouse and keys on the canvas do to the pipeline. */
export function useCanvas(
  model: PipelineModel,
  schemas: ReadonlyMap<string, StepSchema>,
  chooseStep: () => void,
) {
  const { pipeline, selected, select, edit } = model;
  const introduce = useIntroduction();
  const add = useCallback(
    (kind: string, options: { at?: Position; after?: StepRef | undefined } = {}) => {
      if (!pipeline) return;
      const id = freeId(pipeline, kind);
      const at = options.at ?? freePlace(placesOf(pipeline), options.after);
      edit(addStep({ id, kind, at, after: options.after }));
      select({ boxes: [id], edges: [] });
      introduce();
      togglePart('inspector', true);
    },
    [pipeline, edit, select, introduce],
  );
  const remove = useCallback(() => {
    edit((now) =>
      removeSteps(stepsOfBoxes(now, selected.boxes))(disconnect(selected.edges.map(edgeEnd))(now)),
    );
    select({ boxes: [], edges: [] });
  }, [selected, edit, select]);
  const after = useAfter(model, add, chooseStep);
  const events = useMemo(
    () => ({
      onSelect: (next: Selected) => {
        if (next.boxes.length === 1) introduce();
        select(next);
      },
      onMove: (positions: Readonly<Record<string, Position>>) =>
        edit((now) => moveSteps(movedSteps(now, positions))(now), `move ${Object.keys(positions)}`),
      canConnect: (from: BoxOutput, to: BoxInput) =>
        pipeline !== undefined &&
        !groupOfBox(pipeline, from.box) &&
        !groupOfBox(pipeline, to.box) &&
        !wouldCircle(pipeline.steps, from.box, to.box),
      onConnect: (from: BoxOutput, to: BoxInput) =>
        edit(connect(refOf(from), to.box, portOf(to), schemas.get(to.box)?.nest?.inputs)),
      onOpen: (box: string) => openBox({ pipeline, edit }, box),
      onDrop: (data: DataTransfer, at: Position) => {
        const kind = data.getData(dragType);
        if (kind) add(kind, { at: [at[0] - 100, at[1] - 26] });
      },
    }),
    [pipeline, schemas, select, edit, add, introduce],
  );
  return { add, remove, after, events };
}

/** Places all boxes anew. */
export const arrangeAll = (model: PipelineModel): void =>
  model.edit((now) => moveSteps(arrangedSteps(now))(now));
