import type { MapTopic } from '../../../../shared/contract/search.ts';
import { escaped } from '../../../../shared/html.ts';
import type { ColouredPoints } from './coloured-points.ts';
import { ends } from './viewport.ts';

const size = 1200;
const margin = 40;

/** A map as SVG: points by colour, one path each, and the names of topics; nothing is loaded from anywhere. */
export function mapPicture(
  { x, y, colour, colours, legend }: Pick<ColouredPoints, 'x' | 'y' | 'colour' | 'colours' | 'legend'>,
  topics: readonly Pick<MapTopic, 'label' | 'x' | 'y'>[],
  look: { readonly text: string; readonly background: string },
): string {
  const place = placing(x, y);
  const dots = legend.map(() => [] as string[]);
  x.forEach((value, at) => {
    const [left, top] = place(value, y[at] as number);
    dots[colour[at] as number]?.push(`M${left} ${top}h0`);
  });
  const paths = dots.map(
    (marks, at) =>
      `<path d="${marks.join('')}" stroke="${colours[at]}" stroke-width="${dotOf(x.length)}" stroke-linecap="round" stroke-opacity="0.7"/>`,
  );
  const names = topics.map(({ label, x, y }) => {
    const [left, top] = place(x, y);
    return `<text x="${left}" y="${top}">${escaped(label)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}">
<rect width="${size}" height="${size}" fill="${look.background}"/>
<g fill="none">${paths.join('\n')}</g>
<g font-family="Inter, system-ui, sans-serif" font-size="16" font-weight="600" text-anchor="middle" fill="${look.text}" stroke="${look.background}" stroke-width="4" paint-order="stroke">${names.join('\n')}</g>
</svg>`;
}

/** Many points are drawn small. */
const dotOf = (count: number) => Math.max(1.5, Math.min(6, 300 / Math.sqrt(count || 1)));

/** Where a point of the map stands in the picture; up stays up. */
function placing(x: Float32Array, y: Float32Array) {
  const [left, right] = ends(x);
  const [bottom, top] = ends(y);
  const scale = (size - 2 * margin) / (Math.max(right - left, top - bottom) || 1);
  const middle = (low: number, high: number) => (low + high) / 2;
  return (atX: number, atY: number) =>
    [
      Math.round((size / 2 + (atX - middle(left, right)) * scale) * 10) / 10,
      Math.round((size / 2 - (atY - middle(bottom, top)) * scale) * 10) / 10,
    ] as const;
}
