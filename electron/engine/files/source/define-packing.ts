import { packingEndings } from '../../../../shared/file-endings.ts';
import type { Source } from './source.ts';

/** What comes out of a packed file: its bytes in pieces, and the name it had before it was packed. */
export interface Unpacked {
  readonly name: string;
  readonly pieces: AsyncIterable<Uint8Array>;
  /** Bytes it will have, where the packing says so. */
  readonly bytes?: number;
}

/**
 * One way in which files are packed: a file of its own in packings/, found by itself. Under its name the endings of such
 * files stand in shared/file-endings.ts.
 */
export interface Packing {
  readonly title: string;
  /** What every file packed so begins with, in one of its ways. */
  readonly signatures: readonly (readonly number[])[];
  /** Opens the file inside; undefined where the file is no mere packing, such as a workbook that is a ZIP inside. */
  open(source: Source): Promise<Unpacked | undefined>;
}

/** Types a packing. */
export const definePacking = (packing: Packing): Packing => packing;

/** A name without the ending of its packing: `orders.csv.gz` was `orders.csv`. */
export function nameInside(name: string, packing: keyof typeof packingEndings): string {
  const ending = packingEndings[packing].find((extension) => name.toLowerCase().endsWith(`.${extension}`));
  return ending === undefined ? name : name.slice(0, -ending.length - 1);
}
