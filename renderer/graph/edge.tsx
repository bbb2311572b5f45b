import {
  BaseEdge,
  EdgeLabelRenderer,
  type EdgeProps,
  type Edge as FlowEdge,
  getBezierPath,
  getSmoothStepPath,
} from '@xyflow/react';
import { memo } from 'react';
import { count } from '../../shared/number-words.ts';
import styles from './canvas.module.css';

/** A line with how many rows went along it, and of which output they are, where a box has several at its side. */
export type CountedEdge = FlowEdge<
  { readonly count: number | null; readonly rejects: boolean; readonly of?: string | undefined },
  'counted'
>;

/** Draws a line between two boxes; that of rejects in the colour of a warning, dashed. */
export const Edge = memo(function Edge(props: EdgeProps<CountedEdge>) {
  const { id, data, selected } = props;
  const [path, x, y] = data?.rejects ? getSmoothStepPath({ ...props, offset: 16 }) : getBezierPath(props);
  const rows = data?.count ?? null;
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        className={data?.rejects ? styles['rejects'] : ''}
        interactionWidth={16}
      />
      {(rows !== null || data?.of !== undefined) && (
        <EdgeLabelRenderer>
          <span
            className={styles['label']}
            data-rejects={data?.rejects || undefined}
            data-selected={selected || undefined}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          >
            {data?.of !== undefined && <span className={styles['of']}>{data.of}</span>}
            {rows !== null && count(rows)}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
