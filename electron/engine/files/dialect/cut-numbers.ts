import type { HeadRecord } from './measure-marks.ts';

/** Lines that are one number each, or the number of a telephone, though a delimiter may cut them. */
const shapes: Readonly<Record<string, readonly RegExp[]>> = {
  ',': [/^[-+]?[$€£¥]? ?\d{1,3}(,\d{3})*(\.\d+)?$/, /^[-+]?[$€£¥]? ?\d{1,3}(\.\d{3})*,\d{2}( ?[€$%])?$/],
  ' ': [/^[-+]?\d{1,3}( \d{3})*([.,]\d+)?$/, /^(\+|0|\()[-\d()/]+( [-\d()/]+)*$|^\d{3} \d{3} \d{4}$/],
};
const fewest = 3;

/** True where a delimiter stands in the lines of a text as it stands in numbers. */
export function cutsNumbers(head: Buffer, records: readonly HeadRecord[], delimiter: string): boolean {
  // A name that it does not cut stands above numbers that it does.
  const named = records[0]?.cells === 1;
  const rows = named ? records.slice(1) : records;
  const lines = rows.map(({ start, end }) => head.toString('utf8', start, end).trim());
  if (lines.length < (named ? 1 : fewest)) return false;
  return (shapes[delimiter] ?? []).some((shape) => lines.every((line) => shape.test(line)));
}

/** True where it cuts numbers of one column into pieces, now more and now fewer. */
export const cutsUnevenly = (head: Buffer, records: readonly HeadRecord[], delimiter: string): boolean =>
  new Set(records.map(({ cells }) => cells)).size > 1 && cutsNumbers(head, records, delimiter);
