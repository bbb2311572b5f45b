import type { Viewport } from './viewport.ts';

/** What points are drawn from. */
export interface Dots {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** By place in the colours; those of 0 lie below all others. */
  readonly colour: Uint8Array;
}

/**
 * Draws points as discs into the pixels of a picture. A processor alone does a hundred thousand in a few milliseconds,
 * so that maps need no graphics card.
 * @param view in pixels of the picture
 * @param colours as `#rrggbb`
 * @param radius in pixels of the picture
 */
export function drawPoints(
  picture: ImageData,
  view: Viewport,
  dots: Dots,
  colours: readonly string[],
  radius: number,
): void {
  const stamp = discOf(radius);
  const inks = colours.map(inkOf);
  drawThose(picture, view, dots, inks, stamp, true);
  drawThose(picture, view, dots, inks, stamp, false);
}

/** Grey points, or all others. Plain numbers in one loop: this runs a hundred thousand times for each frame. */
function drawThose(
  { data, width, height }: ImageData,
  { x: middleX, y: middleY, scale }: Viewport,
  { x, y, colour }: Dots,
  inks: readonly number[],
  { across, down, covered }: Disc,
  grey: boolean,
): void {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  for (let at = 0; at < x.length; at++) {
    const of = colour[at] as number;
    if ((of === 0) !== grey) continue;
    const left = Math.round(width / 2 + ((x[at] as number) - middleX) * scale);
    const top = Math.round(height / 2 - ((y[at] as number) - middleY) * scale);
    const ink = inks[of] ?? 0;
    for (let part = 0; part < covered.length; part++) {
      const column = left + (across[part] as number);
      const row = top + (down[part] as number);
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      const pixel = row * width + column;
      const share = covered[part] as number;
      // An edge is clear where nothing lies, and does not nibble at what lies there.
      if (share > 127) pixels[pixel] = ink | 0xff000000;
      else if (pixels[pixel] === 0) pixels[pixel] = ink | (share << 24);
    }
  }
}

/** A colour as pixels hold it: blue, green and red from the highest byte below the cover. */
export const inkOf = (colour: string): number => {
  const value = Number.parseInt(colour.slice(1), 16);
  return ((value & 255) << 16) | (value & 0xff00) | (value >> 16);
};

/** The pixels of a disc around its middle, and how much of each is covered, up to 255. */
interface Disc {
  readonly across: Int32Array;
  readonly down: Int32Array;
  readonly covered: Uint8Array;
}

function discOf(radius: number): Disc {
  const reach = Math.ceil(radius);
  const pixels: (readonly [number, number, number])[] = [];
  for (let down = -reach; down <= reach; down++) {
    for (let across = -reach; across <= reach; across++) {
      const covered = Math.min(1, radius + 0.5 - Math.hypot(across, down));
      if (covered > 0.1) pixels.push([across, down, Math.round(covered * 255)]);
    }
  }
  return {
    across: Int32Array.from(pixels, ([across]) => across),
    down: Int32Array.from(pixels, ([, down]) => down),
    covered: Uint8Array.from(pixels, ([, , covered]) => covered),
  };
}
