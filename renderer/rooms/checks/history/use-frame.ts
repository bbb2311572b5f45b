import { useEffect, useRef, useState } from 'react';
import type { Frame } from './history-scale.ts';

/** The size of the box that a line is drawn in. */
export function useFrame() {
  const [frame, setFrame] = useState<Frame>({ width: 0, height: 0 });
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    const observer = new ResizeObserver(() =>
      setFrame({ width: current.clientWidth, height: current.clientHeight }),
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return { box, frame };
}
