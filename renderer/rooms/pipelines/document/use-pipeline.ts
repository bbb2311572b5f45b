import { type Dispatch, type SetStateAction, useCallback, useMemo } from 'react';
import type { Pipeline, PipelineSummary } from '../../../../shared/contract/pipelines.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { engine } from '../../../engine.ts';
import type { Selected } from '../../../graph/canvas.tsx';
import { engineKey, queryClient, useEngine } from '../../../use-engine.ts';
import { useTab, useTabState } from '../../../workspace/tab-state.ts';
import type { Edit } from './edits.ts';
import { noteChange, travelled, useEdits } from './undo.ts';

const nothing: Selected = { boxes: [], edges: [] };

/** The pipeline of this tab: as its file has it, with what was changed since. */
export interface PipelineModel {
  readonly name: string;
  /** Missing while it is read, or where it cannot be. */
  readonly pipeline: Pipeline | undefined;
  readonly saved: Pipeline | undefined;
  /** Why the file cannot be read, now. */
  readonly problem: Problem | undefined;
  readonly unsaved: boolean;
  /** What is edited, where anything is; null puts the file in its place. */
  readonly draft: Pipeline | null;
  readonly setDraft: (draft: Pipeline | null) => void;
  readonly selected: Selected;
  readonly select: (selected: Selected) => void;
  /** Changes of one group in quick succession are undone at once. */
  readonly edit: (edit: Edit, group?: string) => void;
  readonly undo: (() => void) | undefined;
  readonly redo: (() => void) | undefined;
  readonly save: () => Promise<PipelineSummary | undefined>;
}

/** The model of the tab this stands in; canvas, form and pages share it. */
export function usePipeline(): PipelineModel {
  const { key: name } = useTab();
  const { data: saved, problem } = useEngine('pipelines', 'read', { name });
  const [draft, setDraft] = useTabState<Pipeline | null>('draft', null);
  const [selected, select] = useTabState<Selected>('selected', nothing);
  const edits = useEdits(name);
  const pipeline = draft ?? saved;
  const unsaved = draft !== null && JSON.stringify(draft) !== JSON.stringify(saved);
  const edit = useCallback(
    (change: Edit, group?: string) => {
      if (!pipeline) return;
      const next = change(pipeline);
      noteChange(name, pipeline, next, group ?? null);
      setDraft(next);
    },
    [name, pipeline, setDraft],
  );
  const save = useSave(name, draft, setDraft);
  const travel = async (way: 'back' | 'forth') => {
    const change = await travelled(name, way);
    if (!change) return;
    setDraft((draft) => {
      const now = draft ?? savedNow(name);
      const next = now ? change(now) : draft;
      if (next) select((before) => stillThere(before, next));
      return next;
    });
  };
  return {
    name,
    pipeline,
    saved,
    problem,
    unsaved,
    draft,
    setDraft,
    selected,
    select,
    edit,
    save,
    undo: pipeline && edits.back ? () => void travel('back') : undefined,
    redo: pipeline && edits.forth ? () => void travel('forth') : undefined,
  };
}

const savedNow = (name: string): Pipeline | undefined =>
  queryClient.getQueryData(engineKey('pipelines', 'read', { name }));

/** What was selected, without steps that are gone. */
function stillThere({ boxes, edges }: Selected, { steps }: Pipeline): Selected {
  const known = new Set(steps.map(({ id }) => id));
  // Only the box of a folded group has a space in its id.
  return { boxes: boxes.filter((id) => known.has(id) || id.includes(' ')), edges };
}

type SetDraft = Dispatch<SetStateAction<Pipeline | null>>;

/** Writes what is edited into the file; the file as it then reads is shown, and what was changed meanwhile goes on. */
function useSave(name: string, draft: Pipeline | null, setDraft: SetDraft) {
  const [, setBase] = useTabState<string | null>('base', null);
  return useCallback(async () => {
    if (!draft) return undefined;
    const summary = await engine.pipelines.save({ pipeline: draft });
    const written = await engine.pipelines.read({ name });
    queryClient.setQueryData(engineKey('pipelines', 'read', { name }), written);
    setBase(JSON.stringify(written));
    setDraft((now) => (now === draft ? null : now));
    return summary;
  }, [draft, name, setDraft, setBase]);
}

/** The one step that is selected, if it is one. */
export function useSelectedStep({ pipeline, selected }: PipelineModel) {
  const [only, ...others] = selected.boxes;
  return useMemo(
    () => (others.length > 0 ? undefined : pipeline?.steps.find(({ id }) => id === only)),
    [pipeline, only, others.length],
  );
}
