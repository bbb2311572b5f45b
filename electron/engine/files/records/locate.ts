import { inFile } from '../encoding/decoded-places.ts';
import { stride } from './count-records.ts';
import { readRecords } from './read-records.ts';
import { kindOf, type Layout, rawText } from './record-kinds.ts';
import type { Survey } from './survey.ts';

/** A sound record found again in its file. */
export interface Located {
  readonly ordinal: number;
  readonly line: number;
  /** In bytes, of the file or of what was unpacked from it. */
  readonly offset?: number;
  readonly raw: string;
  /** The file, where several are one table. */
  readonly file?: string;
}

/** Finds sound records by their ordinals (from 0, ascending): their line and raw text. */
export async function locateRecords(
  layout: Layout,
  survey: Survey,
  ordinals: readonly number[],
): Promise<Located[]> {
  const found: Located[] = [];
  let at = 0;
  while (at < ordinals.length) {
    const block = Math.floor((ordinals[at] as number) / stride);
    let ordinal = block * stride;
    const from = survey.places[block] ?? survey.start;
    const stop = ordinal + stride;
    const { path, writing, upTo, whole } = layout;
    await readRecords({ path, writing, upTo, whole, from }, (record) => {
      if (kindOf(record, layout) !== 'good') return undefined;
      if (ordinal === ordinals[at]) {
        const offset = record.offset + record.span.start;
        found.push({ ordinal, line: record.span.line, raw: rawText(record), offset });
        at++;
      }
      ordinal++;
      return ordinal < stop && at < ordinals.length;
    });
    if (found.length < at || (ordinals[at] ?? stop) < stop) break;
  }
  return [...(await inFile(found, layout.places))];
}
