import { expect, test } from 'vitest';
import { densityOf } from '../../electron/engine/search/map/density.ts';
import { clearOfPoints } from '../../renderer/rooms/search/map/clear-rises.ts';
import { drawDensity } from '../../renderer/rooms/search/map/draw-density.ts';
import { drawPoints } from '../../renderer/rooms/search/map/draw-points.ts';
import { fitting } from '../../renderer/rooms/search/map/label-places.ts';
import { mapPicture } from '../../renderer/rooms/search/map/map-picture.ts';
import { pointFinder } from '../../renderer/rooms/search/map/point-finder.ts';
import { fitted, moved, onMap, onScreen, zoomed } from '../../renderer/rooms/search/map/viewport.ts';
import { insidePolygon } from '../../shared/inside-polygon.ts';

const numbers = (...values: number[]) => Float32Array.from(values);
const size = { width: 200, height: 100 };
const picture = (width: number, height: number) =>
  ({ width, height, data: new Uint8ClampedArray(width * height * 4) }) as ImageData;
const pixel = ({ data, width }: ImageData, left: number, top: number) => [
  ...data.slice((top * width + left) * 4, (top * width + left) * 4 + 4),
];

test('all points are seen at first; up stays up', () => {
  const view = fitted(numbers(0, 10), numbers(0, 4), size);
  expect(view).toEqual({ x: 5, y: 2, scale: 11 });
  expect(onScreen(view, size, 0, 4)).toEqual([45, 28]);
  expect(onMap(view, size, 45, 28)).toEqual([0, 4]);
});

test('hills of density end within the picture', () => {
  const [x, y] = [numbers(0, 5, 10), numbers(0, 8, 3)];
  const image = picture(400, 300);
  drawDensity(image, fitted(x, y, image), { x, y }, '#0000ff');
  const edge = Array.from({ length: 400 * 300 }, (_, at) => [at % 400, Math.floor(at / 400)] as const).filter(
    ([left, top]) => left === 0 || top === 0 || left === 399 || top === 299,
  );
  expect(edge.filter(([left, top]) => (pixel(image, left, top)[3] as number) > 0)).toEqual([]);
});

test('zooming keeps the point under the pointer, dragging takes it along', () => {
  const view = { x: 0, y: 0, scale: 10 };
  const [x, y] = onMap(view, size, 150, 30);
  expect(onScreen(zoomed(view, size, 2, 150, 30), size, x, y)).toEqual([150, 30]);
  expect(onScreen(moved(view, 7, -9), size, x, y)).toEqual([157, 21]);
});

test('points are drawn in their colour, grey ones below', () => {
  const image = picture(5, 3);
  const dots = { x: numbers(0, 0, 9), y: numbers(0, 0, 0), colour: Uint8Array.from([1, 0, 1]) };
  drawPoints(image, { x: 0, y: 0, scale: 1 }, dots, ['#808080', '#ff0000'], 0.5);
  expect(pixel(image, 3, 2)).toEqual([255, 0, 0, 255]);
  expect(pixel(image, 0, 0)).toEqual([0, 0, 0, 0]);
});

test('density is strongest where most points lie', () => {
  const image = picture(160, 80);
  const view = { x: 0, y: 0, scale: 1 };
  drawDensity(image, view, { x: numbers(-20, 20, 20, 20), y: numbers(0, 0, 0, 0) }, '#0000ff');
  const [dense, thin, none] = [pixel(image, 101, 41), pixel(image, 61, 41), pixel(image, 2, 2)];
  expect(dense[3]).toBeGreaterThan(thin[3] as number);
  expect(thin[3]).toBeGreaterThan(0);
  expect(none[3]).toBe(0);
});

test('density is grey as far as its points are left out, and as strong as before', () => {
  const view = { x: 0, y: 0, scale: 1 };
  const points = { x: numbers(-40, -40, 40), y: numbers(0, 0, 0) };
  const drawn = (inside?: Uint8Array) => {
    const image = picture(160, 80);
    drawDensity(image, view, { ...points, ...(inside ? { inside } : {}) }, '#0000ff', '#808080');
    return [pixel(image, 41, 41), pixel(image, 121, 41)];
  };
  const [left, right] = drawn();
  expect([left?.slice(0, 3), right?.slice(0, 3)]).toEqual([
    [0, 0, 255],
    [0, 0, 255],
  ]);
  expect(drawn(Uint8Array.from([0, 0, 1]))).toEqual([[128, 128, 128, left?.[3]], right]);
  expect(drawn(Uint8Array.from([0, 1, 1]))[0]?.slice(0, 3)).toEqual([64, 64, 192]);
});

test('density of equal points is one hill in the middle', () => {
  const { values, cellOf, at } = densityOf(numbers(3, 5, 3, 5));
  const highest = values.indexOf(Math.max(...values));
  expect([...cellOf]).toEqual([highest, highest]);
  expect(at(highest % 256, Math.floor(highest / 256))).toEqual([3, 5]);
});

test('labels do not cover one another and stay whole at the edges', () => {
  const labels = [
    { id: 0, text: 'refund', left: 2, top: 20 },
    { id: 1, text: 'parcel', left: 30, top: 25 },
    { id: 2, text: 'login', left: 150, top: 25 },
    { id: 3, text: 'outside', left: 300, top: 25 },
  ];
  expect(fitting(labels, 200).map(({ text }) => text)).toEqual(['refund', 'login']);
  expect(fitting(labels, 200)[0]?.left).toBeGreaterThan(15);
});

test('labels move off the points of their hill to where it is empty, and stay where nothing is gained', () => {
  const view = { x: 0, y: 0, scale: 1 };
  const box = { width: 400, height: 200 };
  const hill = (x: number, y: number, high: number) =>
    Array.from(
      { length: 400 },
      (_, at) => [x + (at % 20) * 2 - 20, y + (Math.floor(at / 20) - 10) * high] as const,
    );
  const label = (id: number, x: number, y: number) => {
    const [left, top] = onScreen(view, box, x, y);
    return { id, text: 'refund', left, top: top - 12 };
  };
  const placed = (points: readonly (readonly [number, number])[], ...labels: ReturnType<typeof label>[]) =>
    clearOfPoints(
      labels,
      { x: numbers(...points.map(([x]) => x)), y: numbers(...points.map(([, y]) => y)) },
      view,
      box,
    ).map(({ id, top }) => [id, top]);
  expect(placed(hill(0, 0, 2), label(1, 0, 0))).toEqual([[1, 68]]);
  expect(placed(hill(0, 0, 20), label(1, 0, 0))).toEqual([[1, 88]]);
  expect(placed([[-150, 0]], label(1, 0, 0))).toEqual([[1, 88]]);
  // One that has no room there goes below.
  expect(placed(hill(0, 0, 2), label(1, 0, 0), label(2, 5, 0))).toEqual([
    [1, 68],
    [2, 132],
  ]);
  expect(placed(hill(0, 80, 2), label(1, 0, 80))[0]?.[1]).toBeGreaterThan(40);
  const map = Array.from({ length: 5 }, (_, at) => hill(at * 30 - 60, at * 7, 2)).flat();
  const [before] = placed(map, label(1, 0, 0));
  const shifted = clearOfPoints(
    [{ ...label(1, 0, 0), left: 200 - 3.7 }],
    { x: numbers(...map.map(([x]) => x)), y: numbers(...map.map(([, y]) => y)) },
    moved(view, -3.7, 0),
    box,
  );
  expect(shifted[0]?.top).toBe(before?.[1]);
});

test('names of topics at the edges of a picture begin and end within it, in whatever face', () => {
  const svg = mapPicture(
    {
      x: numbers(0, 1),
      y: numbers(0, 1),
      colour: Uint8Array.from([0, 0]),
      colours: ['#808080'],
      legend: [{ label: 'all', documents: 2 }],
    },
    [
      { label: 'refund, card, charge', x: 0, y: 0 },
      { label: 'parcel, delivery, late', x: 1, y: 1 },
      { label: '払い戻し, カード', x: 0, y: 0.5 },
      { label: 'login, password, reset', x: 0.5, y: 0.5 },
    ],
    { text: '#000000', background: '#ffffff' },
  );
  expect(svg).toContain('<text x="8" y="1144" text-anchor="start">refund, card, charge</text>');
  expect(svg).toContain('<text x="1192" y="24" text-anchor="end">parcel, delivery, late</text>');
  expect(svg).toContain('<text x="8" y="584" text-anchor="start">払い戻し, カード</text>');
  expect(svg).toContain('<text x="600" y="584">login, password, reset</text>');
});

test('the nearest point within reach is found', () => {
  const find = pointFinder({ x: numbers(0, 1, 5), y: numbers(0, 1, 5) });
  expect([find(0.9, 0.9, 0.5), find(0.1, 0, 0.5), find(3, 3, 0.5), find(9, 9, 0.1)]).toEqual([
    1,
    0,
    undefined,
    undefined,
  ]);
});

test('a point is inside a polygon or not, also where it is hollow', () => {
  const hook = [
    [0, 0],
    [4, 0],
    [4, 4],
    [3, 4],
    [3, 1],
    [0, 1],
  ] as const;
  expect([insidePolygon(hook, 1, 0.5), insidePolygon(hook, 3.5, 3), insidePolygon(hook, 1, 3)]).toEqual([
    true,
    true,
    false,
  ]);
});

test('a picture holds points by colour and escapes the names of topics', () => {
  const svg = mapPicture(
    {
      x: numbers(0, 1),
      y: numbers(0, 1),
      colour: Uint8Array.from([0, 1]),
      colours: ['#808080', '#ff0000', '#0000ff'],
      legend: [
        { label: 'none', documents: 1 },
        { label: 'a', documents: 1 },
        { label: 'b'.repeat(31), documents: 12_090 },
      ],
    },
    [
      { label: '<b>&', x: 0, y: 1 },
      { label: 'covered', x: 0, y: 1 },
    ],
    { text: '#000000', background: '#ffffff' },
  );
  expect(svg).toContain('<path d="M40 1160h0" stroke="#808080"');
  expect(svg).toContain('<path d="M1160 40h0" stroke="#ff0000"');
  expect(svg).toContain('<text x="40" y="24">&lt;b&gt;&amp;</text>');
  expect(svg).not.toContain('covered');
  expect(svg).toContain('<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="1224"');
  expect(svg).toContain('<text x="332" y="1200">a · 1</text>');
  expect(svg).toContain(`>${'b'.repeat(23)}… · 12,090</text>`);
});
