import {
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { flushSync } from 'react-dom';
import { Scroller, tallest, type View } from './scroller.ts';

/**
 * Rows that come within so many milliseconds are drawn with what is in them, and never as empty lines before: drawing those
 * takes most of a frame, in which the rows themselves would have to wait.
 */
const patience = 48;

/** A scrolled element and what is seen in it. */
export interface Viewport {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly view: View;
  /** The scrolled height, of full size or shortened. */
  readonly height: number;
  readonly scroller: Scroller;
}

/** Follows scrolling over `full` pixels of rows; `kept` is where it starts, and `ask` says of what is scrolled to whether it is here. */
export function useViewport(
  full: number,
  fixed: { readonly head: number; readonly side: number },
  kept: { readonly top: number; readonly left: number },
  ask: (view: View) => boolean,
): Viewport {
  const ref = useRef<HTMLDivElement>(null);
  const [start] = useState(kept);
  const scroller = useMemo(() => new Scroller(start), [start]);
  const view = useSyncExternalStore(scroller.subscribe, () => scroller.view);
  const asked = useRef(ask);
  const late = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLayoutEffect(() => {
    asked.current = ask;
    // What was just drawn waits no more.
    clearTimeout(late.current);
    late.current = undefined;
  });
  const { head, side } = fixed;

  useLayoutEffect(() => {
    const element = ref.current;
    if (element) scroller.attach(element, { full, head, side });
  }, [scroller, full, head, side]);

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      scroller.measure();
      scroller.tell();
    });
    const draw = () => flushSync(() => scroller.tell());
    const onScroll = () => {
      const scrolledOn = late.current !== undefined;
      scroller.scrolled();
      const here = asked.current(scroller.view);
      // Who scrolls on waits for nothing: dragging shows lines in every frame, not every third.
      if (here || scrolledOn) draw();
      clearTimeout(late.current);
      late.current = here ? undefined : setTimeout(draw, patience);
    };
    const onWheel = (event: WheelEvent) => scroller.wheel(event);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    if (full > tallest) element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      clearTimeout(late.current);
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [scroller, full]);

  return { ref, view, height: Math.min(full, tallest), scroller };
}
