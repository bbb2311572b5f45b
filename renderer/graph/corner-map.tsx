import { MiniMap, useReactFlow } from '@xyflow/react';
import type { CanvasProps } from './canvas.tsx';
import { cornerForMap } from './first-view.ts';

const mapSize = { width: 132, height: 84 };

/** A small map of a graph that does not fit, where it covers no step. */
export function CornerMap(props: Pick<CanvasProps, 'boxes' | 'viewport'> & { readonly width: number }) {
  const { boxes, viewport, width } = props;
  const { getZoom, setCenter } = useReactFlow();
  const corner = viewport && width > 0 ? cornerForMap(boxes, viewport, width, mapSize) : undefined;
  if (!corner) return null;
  return (
    <MiniMap
      position={corner}
      style={mapSize}
      pannable
      zoomable
      onClick={(_event, { x, y }) => void setCenter(x, y, { zoom: getZoom() })}
      nodeBorderRadius={12}
      ariaLabel="Map of the pipeline"
    />
  );
}
