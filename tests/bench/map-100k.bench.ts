import { drawPoints } from '../../renderer/rooms/search/map/draw-points.ts';
import { fitted } from '../../renderer/rooms/search/map/viewport.ts';
import { defineBench } from './harness.ts';

const count = 100_000;
const size = { width: 1000, height: 800 };
const colours = ['#c3c8d0', '#2557c9', '#b35900', '#0b7a5b', '#9c3587'];

/** Points around five middles, of which some share is grey. */
const around = (at: number, turn: number) => Math.sin(at * turn) * 1.4 + Math.cos((at % 5) * turn) * 4;
const x = Float32Array.from({ length: count }, (_, at) => around(at, 12.9898));
const y = Float32Array.from({ length: count }, (_, at) => around(at, 78.233));
const colour = Uint8Array.from({ length: count }, (_, at) => at % 5);
const data = new Uint8ClampedArray(size.width * size.height * 4);
let frame = 0;

/** One frame of dragging a map. */
async function draw(): Promise<void> {
  data.fill(0);
  const view = fitted(x, y, size);
  const moved = { ...view, x: view.x + frame++ * 0.001 };
  drawPoints({ ...size, data } as ImageData, moved, { x, y, colour }, colours, 1);
}

export default defineBench({
  name: 'map-100k',
  unit: 'ms',
  goal: 20,
  runs: 30,
  ours: draw,
});
