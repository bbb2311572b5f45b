import { type Viewport as FlowViewport, useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect, useRef } from 'react';
import type { CanvasProps } from './canvas.tsx';
import { firstView, intoView } from './first-view.ts';

/** What is seen at first and what was seen last. */
export function useView(
  element: RefObject<HTMLElement | null>,
  { boxes, viewport, onViewport }: CanvasProps,
) {
  const { setViewport } = useReactFlow();
  return {
    ...(viewport ? { defaultViewport: viewport } : {}),
    onInit: () => {
      const { clientWidth = 0, clientHeight = 0 } = element.current ?? {};
      const seen = viewport
        ? { ...viewport, y: viewport.y + (clientHeight - viewport.height) / 2 }
        : firstView(boxes, clientWidth, clientHeight);
      void setViewport(seen);
      onViewport({ ...seen, height: clientHeight });
    },
    onMoveEnd: (_event: unknown, next: FlowViewport) =>
      onViewport({ ...next, height: element.current?.clientHeight ?? 0 }),
  };
}

/** Brings a box into view when it alone becomes selected. */
export function useInView(element: RefObject<HTMLElement | null>, { boxes, selected }: CanvasProps): void {
  const { getViewport, setViewport } = useReactFlow();
  const [only] = selected.boxes;
  const position = selected.boxes.length === 1 ? boxes.find(({ id }) => id === only)?.position : undefined;
  const latest = useRef(position);
  latest.current = position;
  const there = position !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a box that is moved stays selected, and the view where it is
  useEffect(() => {
    const canvas = element.current;
    if (!canvas || !latest.current || canvas.clientWidth === 0) return;
    const view = getViewport();
    const moved = intoView(latest.current, view, canvas.clientWidth, canvas.clientHeight);
    if (moved) void setViewport({ ...moved, zoom: view.zoom }, { duration: 120 });
  }, [only, there, element, getViewport, setViewport]);
}
