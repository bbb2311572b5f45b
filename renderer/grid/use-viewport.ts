import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Scroller, tallest, unseen, type View } from './scroller.ts';

/** A scrolled element and what is seen in it. */
export interface Viewport {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly view: View;
  /** The scrolled height, of full size or shortened. */
  readonly height: number;
  readonly scroller: Scroller;
}

/** Follows scrolling over `full` pixels of rows; `kept` is where it starts. */
export function useViewport(
  full: number,
  fixed: { readonly head: number; readonly side: number },
  kept: { readonly top: number; readonly left: number },
): Viewport {
  const ref = useRef<HTMLDivElement>(null);
  const [view, setView] = useState(unseen);
  const [start] = useState(kept);
  const scroller = useMemo(() => new Scroller(start, setView), [start]);
  const { head, side } = fixed;

  useLayoutEffect(() => {
    const element = ref.current;
    if (element) scroller.attach(element, { full, head, side });
  }, [scroller, full, head, side]);

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => scroller.measure());
    // In the frame of the scroll itself: what is seen is asked for two frames earlier than by an update of its own time.
    const onScroll = () => flushSync(() => scroller.scrolled());
    const onWheel = (event: WheelEvent) => scroller.wheel(event);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    if (full > tallest) element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [scroller, full]);

  return { ref, view, height: Math.min(full, tallest), scroller };
}
