import { type Viewport as FlowViewport, useReactFlow } from '@xyflow/react';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { Position } from '../../shared/place-steps.ts';
import type { CanvasProps } from './canvas.tsx';
import { firstView, intoView, isOutOfSight, wholeView } from './first-view.ts';
import type { Viewport } from './graph.ts';

/** What is seen at first and what was seen last; until a person moves it, the view follows the place there is. */
export function useView(element: RefObject<HTMLElement | null>, props: CanvasProps) {
  const { getViewport, setViewport } = useReactFlow();
  const latest = useRef(props);
  latest.current = props;
  const show = useCallback(() => {
    const { boxes, viewport, selected, onViewport } = latest.current;
    const { clientWidth: width = 0, clientHeight: height = 0 } = element.current ?? {};
    if (width === 0 || height === 0) return;
    const seen = viewport?.own
      ? { ...viewport, y: viewport.y + (height - viewport.height) / 2, height }
      : withBox(firstView(boxes, width, height), onlyBox(boxes, selected.boxes), width);
    void setViewport(seen);
    onViewport(seen);
  }, [element, setViewport]);
  useEffect(() => {
    if (!element.current) return;
    const watch = new ResizeObserver(show);
    watch.observe(element.current);
    return () => watch.disconnect();
  }, [element, show]);
  const showAll = useCallback(() => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = element.current ?? {};
    const seen = wholeView(latest.current.boxes, width, height);
    void setViewport(seen, { duration: 120 });
    latest.current.onViewport({ ...seen, own: true });
  }, [element, setViewport]);
  const count = props.boxes.length;
  const before = useRef(count);
  // Whoever moves away from all boxes may stay there; what is undone or removed must not leave them there.
  useEffect(() => {
    const fewer = count < before.current;
    before.current = count;
    const { clientWidth: width = 0, clientHeight: height = 0 } = element.current ?? {};
    if (fewer && width > 0 && isOutOfSight(latest.current.boxes, getViewport(), width, height)) showAll();
  }, [count, element, getViewport, showAll]);
  return {
    showAll,
    ...(props.viewport ? { defaultViewport: props.viewport } : {}),
    onInit: show,
    onMoveEnd: (event: unknown, next: FlowViewport) =>
      props.onViewport({
        ...next,
        height: element.current?.clientHeight ?? 0,
        own: event !== null || props.viewport?.own === true,
      }),
  };
}

const onlyBox = (boxes: CanvasProps['boxes'], [id, ...others]: readonly string[]) =>
  others.length > 0 ? undefined : boxes.find((box) => box.id === id)?.position;

const withBox = (view: Viewport, box: Position | undefined, width: number): Viewport => ({
  ...view,
  ...(box && intoView(box, view, width, view.height)),
});

/** Brings into view what becomes selected and is out of sight as a whole: a step that was looked for, what was pasted. */
export function useInView(element: RefObject<HTMLElement | null>, { boxes, selected }: CanvasProps): void {
  const { getViewport, setViewport } = useReactFlow();
  const [first] = selected.boxes;
  const positions = boxes.filter(({ id }) => selected.boxes.includes(id)).map(({ position }) => position);
  const latest = useRef(positions);
  latest.current = positions;
  const there = positions.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a box that is moved stays selected, and the view where it is
  useEffect(() => {
    const canvas = element.current;
    if (!canvas || canvas.clientWidth === 0) return;
    const view = getViewport();
    const ways = latest.current.map((box) => intoView(box, view, canvas.clientWidth, canvas.clientHeight));
    const [moved] = ways;
    if (moved && ways.every((way) => way)) void setViewport({ ...moved, zoom: view.zoom }, { duration: 120 });
  }, [first, there, element, getViewport, setViewport]);
}
