import type { TablePlace } from '../../../../shared/contract/files.ts';
import { breaksIn } from '../encoding/line-breaks.ts';
import { judgeHeader } from '../header/judge-header.ts';
import type { Fit, HeadRecord } from './measure-marks.ts';

/** With fewer records, lines of one width are notes. */
const fewest = (cells: number) => (cells > 2 ? 2 : 3);

/** Other tables among the records before a table: several records of one width, one after the other. */
export function tablesAbove(before: readonly HeadRecord[]): TablePlace[] {
  const found: { line: number; columns: number; records: number }[] = [];
  for (const [at, { line, cells }] of before.entries()) {
    const last = found.at(-1);
    const next = last && last.columns === cells && before[at - 1]?.line === line - 1;
    if (next) last.records++;
    else found.push({ line, columns: cells, records: 1 });
  }
  return found.filter(({ columns, records }) => columns > 1 && records >= fewest(columns));
}

/**
 * The width of the first table, where another follows it behind a blank line or with a header of its own: it is asked
 * for where a person says on which line the table starts.
 */
export function firstWidth(
  head: Buffer,
  records: readonly HeadRecord[],
  cells: (record: HeadRecord) => readonly string[],
): number | undefined {
  const [first] = records;
  const end = records.findIndex((record) => record.cells !== first?.cells);
  if (!first || end < fewest(first.cells) || first.cells < 2) return undefined;
  const [last, next] = [records[end - 1] as HeadRecord, records[end] as HeadRecord];
  const between = head.toString('latin1', last.end, next.start);
  if (breaksIn(between, between.length) > 1) return first.cells;
  const [names, ...body] = records.slice(end, end + 50).filter((record) => record.cells === next.cells);
  const named = names && body.length > 1 && judgeHeader(cells(names), body.map(cells)).balance > 0.3;
  return named ? first.cells : undefined;
}

/** Tables of the same width behind a blank line, that a header of their own begins; only `line` tells them from rows. */
export function tableBelow(
  head: Buffer,
  { head: records, width }: Pick<Fit, 'head' | 'width'>,
  { headerLines }: { readonly headerLines: number },
  cells: (record: HeadRecord) => readonly string[],
): TablePlace[] {
  if (headerLines === 0 || width < 2) return [];
  const starts = records.flatMap((record, at) => {
    const before = records[at - 1];
    if (!before || record.cells !== width || before.cells !== width) return [];
    const between = head.toString('latin1', before.end, record.start);
    return breaksIn(between, between.length) > 1 ? [at] : [];
  });
  const first = starts.find((at) => at > headerLines && isHeader(records.slice(at).map(cells)));
  if (first === undefined) return [];
  const [{ line }] = records.slice(first) as [HeadRecord];
  return [{ line, columns: width, records: records.length - first, loaded: true }];
}

function isHeader([names, ...body]: readonly (readonly string[])[]): boolean {
  return names !== undefined && body.length > 1 && judgeHeader(names, body.slice(0, 50)).balance > 0.9;
}
