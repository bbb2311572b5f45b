import '@xyflow/react/dist/style.css';
import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  ControlButton,
  Controls,
  type EdgeChange,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { Maximize } from 'lucide-react';
import { type DragEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Position } from '../../shared/place-steps.ts';
import type { MenuItem } from '../ui/menu.tsx';
import { Box, type BoxNode } from './box.tsx';
import styles from './canvas.module.css';
import { useCanvasKeys, useFirstFocus, type Zoom } from './canvas-keys.ts';
import { useInView, useView } from './canvas-view.ts';
import { CornerMap } from './corner-map.tsx';
import { type CountedEdge, Edge } from './edge.tsx';
import { smallest, tooSmallToRead } from './first-view.ts';
import { edgesOf, nodesOf } from './flow-parts.ts';
import { Frames } from './frames.tsx';
import type { BoxInput, BoxOutput, GraphBox, GraphEdge, GraphFrame, Viewport } from './graph.ts';

/** What is selected on a canvas. */
export interface Selected {
  readonly boxes: readonly string[];
  readonly edges: readonly string[];
}

/** What a canvas is given. */
export interface CanvasProps {
  /** Its name, read aloud. */
  readonly label: string;
  readonly boxes: readonly GraphBox[];
  readonly edges: readonly GraphEdge[];
  readonly frames: readonly GraphFrame[];
  readonly selected: Selected;
  readonly onSelect: (selected: Selected) => void;
  readonly onMove: (positions: Readonly<Record<string, Position>>) => void;
  readonly canConnect: (from: BoxOutput, to: BoxInput) => boolean;
  readonly onConnect: (from: BoxOutput, to: BoxInput) => void;
  readonly onRemove: () => void;
  /** What was seen last; none: everything is shown as far as it can be read. */
  readonly viewport: Viewport | null;
  readonly onViewport: (viewport: Viewport) => void;
  readonly onOpen: (id: string) => void;
  /** Something was dropped from the palette; `onDrop` reads what. */
  readonly onDrop: (data: DataTransfer, at: Position) => void;
  /** What can be put after an output. */
  readonly after: (box: string, output: string) => readonly MenuItem[];
}

const nodeTypes = { box: Box };
const edgeTypes = { counted: Edge };
const none: readonly string[] = [];
const toggled = (ids: readonly string[], id: string) =>
  ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];

/** Boxes and lines to arrange, connect and choose, by mouse and by keys. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow(props: CanvasProps) {
  const { boxes, selected, onMove, onOpen } = props;
  const element = useRef<HTMLElement>(null);
  const flow = useFlow(props);
  const { showAll, ...view } = useView(element, props);
  const isFar = useStore(({ transform: [, , zoom] }) => zoom < tooSmallToRead);
  const onKeyDownCapture = useCanvasKeys(element, useKeys(props, showAll));
  useFirstFocus(element, selected.boxes);
  useInView(element, props);
  return (
    <section
      ref={element}
      aria-label={props.label}
      className={styles['canvas']}
      data-far={isFar || undefined}
      onKeyDownCapture={onKeyDownCapture}
      {...flow.drop}
    >
      <ReactFlow<BoxNode, CountedEdge>
        {...flow.state}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        deleteKeyCode={null}
        // Else Enter with Ctrl, which runs, would let go of the box that has the focus.
        multiSelectionKeyCode={null}
        connectionRadius={36}
        onNodeClick={(event, { id }) => {
          // With a key the click adds a box or takes it out; alone it means this one, also among several.
          const more = event.ctrlKey || event.metaKey || event.shiftKey;
          if (more) props.onSelect({ ...selected, boxes: toggled(selected.boxes, id) });
          else if (selected.boxes.length > 1) props.onSelect({ boxes: [id], edges: none });
        }}
        onNodeDoubleClick={(_event, { id }) => onOpen(id)}
        onNodeDragStop={(_event, _node, moved) =>
          onMove(Object.fromEntries(moved.map(({ id, position }) => [id, [position.x, position.y]])))
        }
        snapToGrid
        snapGrid={[8, 8]}
        {...view}
        minZoom={smallest}
        maxZoom={1.75}
        zoomOnDoubleClick={false}
        onlyRenderVisibleElements={boxes.length > 60}
        proOptions={{ hideAttribution: true }}
      >
        <Frames frames={props.frames} onSelect={(ids) => props.onSelect({ boxes: ids, edges: none })} />
        <Background variant={BackgroundVariant.Dots} gap={24} size={1} />
        <Controls orientation="horizontal" showInteractive={false} showFitView={false}>
          <ControlButton onClick={showAll} title="Fit view" aria-label="Fit view">
            <Maximize />
          </ControlButton>
        </Controls>
        <CornerMap boxes={boxes} viewport={props.viewport} width={element.current?.clientWidth ?? 0} />
      </ReactFlow>
    </section>
  );
}

function useKeys({ boxes, selected, onSelect, onMove, onOpen, onRemove }: CanvasProps, showAll: () => void) {
  const { zoomIn, zoomOut } = useReactFlow();
  return useMemo(
    () => ({
      boxes,
      selected: selected.boxes,
      select: (ids: readonly string[]) => onSelect({ boxes: ids, edges: none }),
      open: onOpen,
      move: onMove,
      remove: onRemove,
      zoom: (way: Zoom) => void { in: zoomIn, out: zoomOut, all: showAll }[way](),
    }),
    [boxes, selected, onSelect, onOpen, onMove, onRemove, zoomIn, zoomOut, showAll],
  );
}

function useFlow({ boxes, edges, selected, onSelect, canConnect, onConnect, onDrop, after }: CanvasProps) {
  const [nodes, setNodes] = useState<BoxNode[]>([]);
  const { screenToFlowPosition } = useReactFlow();
  const latest = useRef(selected);
  latest.current = selected;
  useEffect(() => {
    setNodes((before) => nodesOf(boxes, selected.boxes, after, before));
  }, [boxes, selected, after]);
  const choose = useCallback(
    (part: keyof Selected, changes: readonly (NodeChange<BoxNode> | EdgeChange<CountedEdge>)[]) => {
      const next = chosen(latest.current[part], changes);
      if (!next) return;
      latest.current = { ...latest.current, [part]: next };
      onSelect(latest.current);
    },
    [onSelect],
  );
  const state = {
    nodes,
    edges: useMemo(() => edgesOf(edges, selected.edges), [edges, selected]),
    onNodesChange: (changes: NodeChange<BoxNode>[]) => {
      choose('boxes', changes);
      setNodes((before) =>
        applyNodeChanges(
          changes.filter(({ type }) => type !== 'select'),
          before,
        ),
      );
    },
    onEdgesChange: (changes: EdgeChange<CountedEdge>[]) => choose('edges', changes),
    isValidConnection: (connection: Connection | CountedEdge) => canConnect(...endsOf(connection)),
    onConnect: (connection: Connection) => onConnect(...endsOf(connection)),
  };
  const drop = {
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
      onDrop(event.dataTransfer, [x, y]);
    },
  };
  return { state, drop };
}

/** The selection after these changes, or nothing where they do not touch it. */
function chosen(
  before: readonly string[],
  changes: readonly (NodeChange<BoxNode> | EdgeChange<CountedEdge>)[],
): readonly string[] | undefined {
  const next = new Set(before);
  for (const change of changes) {
    if (change.type !== 'select') continue;
    if (change.selected) next.add(change.id);
    else next.delete(change.id);
  }
  const same = next.size === before.length && before.every((id) => next.has(id));
  return same ? undefined : [...next];
}

const endsOf = ({
  source,
  sourceHandle,
  target,
  targetHandle,
}: Connection | CountedEdge): [BoxOutput, BoxInput] => [
  { box: source, output: sourceHandle ?? 'rows' },
  { box: target, port: targetHandle ?? '0' },
];
