import { useNodes, ViewportPortal } from '@xyflow/react';
import { boxHeight, boxWidth } from '../../shared/place-steps.ts';
import type { BoxNode } from './box.tsx';
import styles from './canvas.module.css';
import type { GraphFrame } from './graph.ts';

const around = 14;
const head = 26;
const noteLine = 18;
const lettersPerLine = 34;

/** Frames behind boxes that belong together, with their name and note; a click on the name selects the boxes. */
export function Frames(props: {
  readonly frames: readonly GraphFrame[];
  readonly onSelect: (boxes: readonly string[]) => void;
}) {
  const nodes = useNodes<BoxNode>();
  const at = new Map(nodes.map(({ id, position }) => [id, position]));
  return (
    <ViewportPortal>
      {props.frames.map((frame) => {
        const places = frame.boxes.flatMap((id) => at.get(id) ?? []);
        if (places.length === 0) return null;
        const left = Math.min(...places.map(({ x }) => x)) - around;
        const width = Math.max(...places.map(({ x }) => x)) + boxWidth + around - left;
        const lines = frame.note ? Math.ceil(frame.note.length / ((width / boxWidth) * lettersPerLine)) : 0;
        const top = Math.min(...places.map(({ y }) => y)) - around - head - lines * noteLine;
        const height = Math.max(...places.map(({ y }) => y)) + boxHeight + around - top;
        return (
          <div key={frame.id} className={styles['frame']} style={{ left, top, width, height }}>
            <button
              type="button"
              className={styles['frameTitle']}
              onClick={() => props.onSelect(frame.boxes)}
            >
              {frame.title}
            </button>
            {frame.note && <p className={styles['frameNote']}>{frame.note}</p>}
          </div>
        );
      })}
    </ViewportPortal>
  );
}
