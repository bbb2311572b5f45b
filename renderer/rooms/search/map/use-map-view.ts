import { useEffect, useRef, useState } from 'react';
import { fitted, type Size, type Viewport } from './viewport.ts';

const nowhere: Viewport = { x: 0, y: 0, scale: 1 };

/** What is seen of a map: all of it until somebody moves or zooms. At most one change for each frame is drawn. */
export function useMapView(
  box: HTMLElement | null,
  { x, y }: { readonly x: Float32Array; readonly y: Float32Array },
) {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const [chosen, setChosen] = useState<Viewport | null>(null);
  const next = useRef<Viewport | null>(null);
  useEffect(() => {
    if (!box) return;
    const watching = new ResizeObserver(() => setSize({ width: box.clientWidth, height: box.clientHeight }));
    watching.observe(box);
    return () => watching.disconnect();
  }, [box]);
  const setView = (view: Viewport) => {
    if (next.current === null) {
      requestAnimationFrame(() => {
        setChosen(next.current);
        next.current = null;
      });
    }
    next.current = view;
  };
  const view = chosen ?? (size.width === 0 ? nowhere : fitted(x, y, size));
  return { view, size, setView, fit: () => setChosen(null) };
}
