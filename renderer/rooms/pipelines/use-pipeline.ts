import { type Dispatch, type SetStateAction, useCallback, useMemo } from 'react';
import type { Pipeline, PipelineSummary } from '../../../shared/contract/pipelines.ts';
import type { Problem } from '../../../shared/problem.ts';
import { engine } from '../../engine.ts';
import type { Selected } from '../../graph/canvas.tsx';
import { engineKey, queryClient, useEngine } from '../../use-engine.ts';
import { useTab, useTabMemory, useTabState } from '../../workspace/tab-state.ts';
import type { Edit } from './edits.ts';
import { type History, nearestPart, noHistory, noted, redone, undone } from './history.ts';

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
  const [history, setHistory] = useHistory();
  const pipeline = draft ?? saved;
  const unsaved = draft !== null && JSON.stringify(draft) !== JSON.stringify(saved);
  const edit = useCallback(
    (change: Edit, group?: string) => {
      if (!pipeline) return;
      const next = change(pipeline);
      setHistory(noted(history, pipeline, group ?? null, Date.now()));
      setDraft(next);
    },
    [pipeline, history, setDraft, setHistory],
  );
  const save = useSave(name, draft, setDraft);
  const travel = (to: ReturnType<typeof undone>) => {
    if (!to) return undefined;
    return () => {
      setHistory(to.history);
      setDraft(to.pipeline);
      select(stillThere(selected, to.pipeline));
    };
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
    undo: pipeline && travel(undone(history, pipeline)),
    redo: pipeline && travel(redone(history, pipeline)),
  };
}

/** What was selected, without steps that are gone. */
function stillThere({ boxes, edges }: Selected, { steps }: Pipeline): Selected {
  const known = new Set(steps.map(({ id }) => id));
  // Only the box of a folded group has a space in its id.
  return { boxes: boxes.filter((id) => known.has(id) || id.includes(' ')), edges };
}

/** All of the history while the window lives, and the nearest part of it after a restart. */
function useHistory(): readonly [History, (history: History) => void] {
  const [history, setHistory] = useTabMemory<History | null>('history', null);
  const [kept, setKept] = useTabState('history', noHistory);
  const set = useCallback(
    (next: History) => {
      setHistory(next);
      setKept(nearestPart(next));
    },
    [setHistory, setKept],
  );
  return [history ?? kept, set];
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
