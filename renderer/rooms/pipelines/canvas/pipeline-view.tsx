import { Redo2, Table2, Undo2, WandSparkles } from 'lucide-react';
import { type ReactNode, useCallback, useMemo, useRef } from 'react';
import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import { steps } from '../../../../shared/registry.ts';
import { engine } from '../../../engine.ts';
import { Canvas } from '../../../graph/canvas.tsx';
import { focusSelectedBox } from '../../../graph/canvas-keys.ts';
import type { Viewport } from '../../../graph/graph.ts';
import { CommandButton } from '../../../palette/command-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Toolbar, ToolbarLine } from '../../../ui/toolbar.tsx';
import { engineKey, queryClient, useEngine } from '../../../use-engine.ts';
import { askToOverwrite, OutsideChangeNotice, useOutsideChange } from '../../../workspace/outside-change.tsx';
import { useTabState, useUnsaved } from '../../../workspace/tab-state.ts';
import { foldGroups, framesOf } from '../document/groups.ts';
import { noteChange } from '../document/undo.ts';
import { type PipelineModel, usePipeline } from '../document/use-pipeline.ts';
import { useFreshness, useSchemas } from '../document/use-schemas.ts';
import { useRanAs, useRunTask } from '../run/run.ts';
import { boxesOf, edgesOf, type Shown } from './graph-of.ts';
import styles from './pipeline-view.module.css';
import { RenameOffer } from './rename-offer.tsx';
import { RunButton } from './run-button.tsx';
import { StepPalette } from './step-palette.tsx';
import { arrangeAll, useCanvas } from './use-canvas.ts';
import { useCanvasActions } from './use-canvas-actions.ts';

/** A pipeline as boxes and lines; the file is the truth, and is written on save. */
export default function PipelineView() {
  const read = usePipeline();
  const { name, unsaved, pipeline, problem, saved, draft, setDraft } = read;
  const found = useOutsideChange(saved, draft, setDraft);
  const takeTheirs = () => {
    if (draft && saved) noteChange(name, draft, saved, null);
    found.takeTheirs();
  };
  const outside = { ...found, takeTheirs };
  const file = `The pipeline ${name}`;
  const save = useCallback(async () => {
    if (outside.changed || (await changedJustNow(name))) await askToOverwrite(file);
    return read.save();
  }, [outside.changed, name, file, read.save]);
  useUnsaved(
    unsaved,
    useCallback(async () => void (await save()), [save]),
  );
  if (problem && !unsaved) return <ProblemView problem={problem} />;
  if (!pipeline) return <Skeleton />;
  return (
    <Editor model={{ ...read, save }}>
      {problem && <Notice tone="bad">{[problem.message, problem.hint].filter(Boolean).join(' ')}</Notice>}
      <OutsideChangeNotice file={file} change={outside} />
    </Editor>
  );
}

/** Whether somebody wrote the file a moment ago, before anything told of it; what it says now is shown from then on. */
async function changedJustNow(name: string): Promise<boolean> {
  const key = engineKey('pipelines', 'read', { name });
  const known = queryClient.getQueryData(key);
  const now = await engine.pipelines.read({ name }).catch(() => known);
  if (JSON.stringify(now) === JSON.stringify(known)) return false;
  queryClient.setQueryData(key, now);
  return true;
}

function Editor({ model, children }: { readonly model: PipelineModel; readonly children: ReactNode }) {
  const { pipeline, selected } = model;
  const canvas = useRef<HTMLElement>(null);
  const palette = useRef<HTMLElement>(null);
  const { shown, problem } = useShown(model);
  const { add, remove, after, events } = useCanvas(
    model,
    shown.schemas,
    useCallback(() => palette.current?.querySelector('input')?.focus(), []),
  );
  useCanvasActions(
    model,
    remove,
    useMemo(() => ({ canvas, palette }), []),
  );
  const { boxes, edges, frames } = useMemo(() => graphOf(pipeline, shown), [pipeline, shown]);
  const [viewport, setViewport] = useTabState<Viewport | null>('viewport', null);
  const [only, ...others] = selected.boxes;
  const addAfterSelected = (kind: string) =>
    add(kind, { after: only && others.length === 0 ? { step: only, output: 'rows' } : undefined });
  return (
    <div className={styles['view']}>
      <PipelineToolbar model={model} />
      {children}
      {problem && <Notice tone="bad">{problem.message}</Notice>}
      <RenameOffer model={model} schemas={shown.schemas} />
      <div className={styles['body']}>
        <StepPalette
          onAdd={addAfterSelected}
          onTyped={() => focusSelectedBox(canvas.current)}
          listRef={palette}
        />
        <section ref={canvas} aria-label="Canvas" className={styles['canvas']}>
          <Canvas
            label={`Steps of ${model.name}`}
            boxes={boxes}
            edges={edges}
            frames={frames}
            selected={selected}
            onRemove={remove}
            viewport={viewport}
            onViewport={setViewport}
            after={after}
            {...events}
          />
          {boxes.length === 0 && firstKind && <FirstStep add={() => add(firstKind)} />}
        </section>
      </div>
    </div>
  );
}

const graphOf = (pipeline: Pipeline | undefined, shown: Shown) =>
  pipeline
    ? {
        ...foldGroups(pipeline, boxesOf(pipeline, shown), edgesOf(pipeline, shown)),
        frames: framesOf(pipeline),
      }
    : { boxes: [], edges: [], frames: [] };

/** The kind that reads a table. */
const [firstKind] = [...steps].find(([, { reads, common }]) => reads && common) ?? [];

const FirstStep = ({ add }: { readonly add: () => void }) => (
  <div className={styles['empty']}>
    <EmptyState
      icon={Table2}
      says="Start with a table to read, then add steps after it."
      action={{ label: 'Read a table', run: add, shortcut: 'A' }}
    />
  </div>
);

function useShown({ name, pipeline }: PipelineModel) {
  const { schemas, problem } = useSchemas(pipeline);
  const { data: run } = useEngine('pipelines', 'lastRun', { name });
  const [ranAs] = useRanAs();
  const running = useRunTask() !== undefined;
  const freshness = useFreshness(pipeline);
  const shown = useMemo<Shown>(
    () => ({ schemas, run, freshness, ranAs: ranAs ?? undefined, running }),
    [schemas, run, freshness, ranAs, running],
  );
  return { shown, problem };
}

function PipelineToolbar({ model }: { readonly model: PipelineModel }) {
  const { undo, redo } = model;
  return (
    <Toolbar label="Pipeline" end={<CommandButton id="tabs.save" small />}>
      <RunButton unsaved={model.unsaved} />
      <CommandButton
        id="pipelines.runTo"
        small
        {...(model.unsaved ? { words: 'Save and run to here' } : {})}
      />
      <CommandButton
        id="pipelines.runFrom"
        small
        {...(model.unsaved ? { words: 'Save and run from here' } : {})}
      />
      <ToolbarLine />
      <IconButton label="Undo" icon={Undo2} shortcut="Mod+Z" disabled={!undo} onClick={undo} />
      <IconButton label="Redo" icon={Redo2} shortcut="Mod+Shift+Z" disabled={!redo} onClick={redo} />
      <IconButton label="Arrange steps" icon={WandSparkles} onClick={() => arrangeAll(model)} />
    </Toolbar>
  );
}
