import { problem } from '../../../../shared/problem.ts';

/** No record is longer; a quote that is not closed within this is taken as never closed. */
export const longestRecord = 64 << 20;
const mostRescanned = 1 << 30;

/** Refuses to go on with a text that is none: endless lines, or so many open quotes that reading would never end. */
export function refuseHopeless(line: number, length: number, rescanned: number): void {
  if (length > longestRecord) {
    throw problem('bad_input', `Line ${line} is longer than ${longestRecord >> 20} MB.`, {
      hint: 'This does not look like delimited text; check the file, its encoding and its quotes.',
      at: { line },
    });
  }
  if (rescanned <= mostRescanned) return;
  throw problem('bad_input', `Too many quotes are not closed, the last one on line ${line}.`, {
    hint: 'Choose another quote character, or none.',
    at: { line },
  });
}
