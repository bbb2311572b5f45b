import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CollectionMap } from '../../../../shared/contract/search.ts';
import { counted } from '../../../../shared/number-words.ts';
import { tokenColor } from '../../../styles/token-color.ts';
import type { Question } from '../question.ts';
import type { ColouredPoints, MapLook } from './coloured-points.ts';
import { drawDensity } from './draw-density.ts';
import { drawPoints } from './draw-points.ts';
import styles from './map.module.css';
import { MapOverlay } from './map-overlay.tsx';
import { pointFinder } from './point-finder.ts';
import { PointTooltip } from './point-tooltip.tsx';
import { placeOf, useGestures, useWheel } from './use-gestures.ts';
import { useMapView } from './use-map-view.ts';
import { onMap, zoomed } from './viewport.ts';

/** Pixels around the pointer in which a point is meant. */
const reach = 8;

/** The drawing itself: drag to move, wheel to zoom, Shift and drag to draw around documents, click for what is near. */
export function MapCanvas(props: {
  readonly collection: string;
  readonly map: CollectionMap;
  readonly points: ColouredPoints;
  readonly look: MapLook;
  readonly drawing: boolean;
  /** The ids of results, best first. */
  readonly found: readonly number[];
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
  /** Asks for the documents that are like this one. */
  readonly onNear: (id: number) => void;
}) {
  const { collection, map, points, look, drawing, found, question, onAsk, onNear } = props;
  const [box, setBox] = useState<HTMLElement | null>(null);
  const { view, size, setView, fit } = useMapView(box, points);
  const [hovered, setHovered] = useState<number | undefined>();
  const finder = useMemo(() => pointFinder(points), [points]);
  const pointAt = (left: number, top: number) => finder(...onMap(view, size, left, top), reach / view.scale);
  const { drawn, handlers } = useGestures({
    view,
    size,
    drawing,
    onView: setView,
    onFit: fit,
    onRegion: (region) => onAsk({ ...question, region }),
    onClick: (left, top) => {
      const point = pointAt(left, top);
      if (point !== undefined) onNear(points.ids[point] as number);
    },
  });
  useWheel(box, (factor, left, top) => setView(zoomed(view, size, factor, left, top)));
  const canvas = useDrawing({ points, look, view, size });
  return (
    <section
      ref={setBox}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows move the map and + and - zoom
      tabIndex={0}
      aria-label={`Map of ${counted(points.ids.length, 'document')}`}
      aria-description="Arrow keys move it, + and - zoom, 0 shows all, Escape forgets what was drawn."
      className={styles['canvas']}
      data-drawing={drawing || undefined}
      {...handlers}
      onPointerMove={(event) => {
        handlers.onPointerMove(event);
        setHovered(event.buttons === 0 ? pointAt(...placeOf(event)) : undefined);
      }}
      onPointerLeave={() => setHovered(undefined)}
    >
      <canvas ref={canvas} aria-hidden />
      <MapOverlay {...{ map, points, view, size, found }} region={drawn ?? question.region} />
      {hovered !== undefined && <PointTooltip {...{ collection, points, view, size }} point={hovered} />}
    </section>
  );
}

/** Draws whenever something changed, in the picture's own pixels. */
function useDrawing({
  points,
  look,
  view,
  size,
}: Pick<ReturnType<typeof useMapView>, 'view' | 'size'> & {
  readonly points: ColouredPoints;
  readonly look: MapLook;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || size.width === 0 || size.height === 0) return;
    const ratio = window.devicePixelRatio;
    element.width = Math.round(size.width * ratio);
    element.height = Math.round(size.height * ratio);
    const picture = context.createImageData(element.width, element.height);
    const inPixels = { ...view, scale: view.scale * ratio };
    if (look.as === 'density')
      drawDensity(picture, inPixels, points, tokenColor('--accent'), points.colours[0]);
    else drawPoints(picture, inPixels, points, points.colours, dotOf(points, view.scale) * ratio);
    context.putImageData(picture, 0, 0);
  }, [points, look.as, view, size]);
  return canvas;
}

/** Many points are drawn small; zoomed in they grow. */
function dotOf({ ids, width }: ColouredPoints, scale: number): number {
  const usual = Math.max(1, Math.min(3.2, 150 / Math.sqrt(ids.length || 1)));
  return Math.min(6, usual * Math.max(1, ((scale * width) / 500) ** 0.4));
}
