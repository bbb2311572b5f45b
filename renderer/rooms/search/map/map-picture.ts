import type { MapTopic } from '../../../../shared/contract/search.ts';
import { escaped } from '../../../../shared/html.ts';
import { count } from '../../../../shared/number-words.ts';
import type { ColouredPoints } from './coloured-points.ts';
import { fitting, type Label, labelRise } from './label-places.ts';
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
  const names = namesOf(topics, place).map(
    ({ text, left, top, anchor }) =>
      `<text x="${left}" y="${top}"${anchor ? ` text-anchor="${anchor}"` : ''}>${escaped(text)}</text>`,
  );
  const key = keyOf(legend, colours, look.text);
  const height = size + key.height;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${height}" viewBox="0 0 ${size} ${height}">
<rect width="${size}" height="${height}" fill="${look.background}"/>
<g fill="none">${paths.join('\n')}</g>
<g font-family="Inter, system-ui, sans-serif" font-size="16" font-weight="600" text-anchor="middle" fill="${look.text}" stroke="${look.background}" stroke-width="4" paint-order="stroke">${names.join('\n')}</g>
<g font-family="Inter, system-ui, sans-serif" font-size="14" fill="${look.text}">${key.lines.join('\n')}</g>
</svg>`;
}

type Placed = ReturnType<typeof placing>;

/** A name, and which end of it stands at its place; without one, its middle. */
interface Name extends Label {
  readonly anchor?: 'start' | 'end';
}

/** Names of topics that do not cover one another; they are larger here than in the window. One at an edge begins or ends there, in whatever face. */
function namesOf(topics: readonly Pick<MapTopic, 'label' | 'x' | 'y'>[], place: Placed): Name[] {
  const wanted = topics.map(({ label, x, y }, id) => {
    const [left, top] = place(x, y);
    return { id, text: label, left: left / larger, top: top / larger - labelRise };
  });
  const round = (value: number) => Math.round(value * larger * 10) / 10;
  return fitting(wanted, size / larger, widestLetter).map(({ id, text, left, top }) => {
    const name = { id, text, top: round(top) };
    const aside = left - (wanted[id]?.left ?? left);
    if (aside > 0) return { ...name, left: edge, anchor: 'start' };
    return aside < 0 ? { ...name, left: size - edge, anchor: 'end' } : { ...name, left: round(left) };
  });
}

const larger = 16 / 12;
/** A picture cannot bring the window's face along: another one may be as wide as this. */
const widestLetter = 8.6;
/** Between a name and the picture's edge. */
const edge = 8;
const keyColumns = 4;
const keyLine = 24;
/** Of a name and its count, so that the next column begins behind them. */
const lettersInKey = 30;

/** What the colours stand for, below the map. */
function keyOf(legend: ColouredPoints['legend'], colours: readonly string[], text: string) {
  const seen = legend
    .map((entry, at) => ({ ...entry, colour: colours[at] }))
    .filter(({ documents }) => documents > 0);
  const lines = seen.map(({ label, documents, colour }, at) => {
    const left = margin + (at % keyColumns) * ((size - 2 * margin) / keyColumns);
    const top = size + Math.floor(at / keyColumns) * keyLine;
    const longest = lettersInKey - count(documents).length;
    const short = label.length > longest ? `${label.slice(0, longest - 1)}…` : label;
    return `<circle cx="${left}" cy="${top - 5}" r="5" fill="${colour}" stroke="${text}" stroke-opacity="0.3"/><text x="${left + 12}" y="${top}">${escaped(short)} · ${count(documents)}</text>`;
  });
  return { lines, height: Math.ceil(seen.length / keyColumns) * keyLine };
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
