/** What a remark may begin with. */
const marks = ['#', '//', '--', '%', '*', '!', ';'];

/** How logs of web servers begin (W3C). */
const logs = /^#(Software|Version|Date|Fields): /;

const delimiters = [',', ';', '\t', '|'];

/** Finds out what lines begin with that are remarks: they stand at the top or between rows that do not look like them. */
export function findComment(head: Buffer): string {
  const lines = head
    .toString('utf8', 0, 64 << 10)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '');
  if (logs.test(lines[0] ?? '')) return '#';
  return marks.find((mark) => areRemarks(lines, mark)) ?? '';
}

function areRemarks(lines: readonly string[], mark: string): boolean {
  const remarks = lines.filter((line) => line.startsWith(mark));
  const rows = lines.filter((line) => !line.startsWith(mark));
  if (remarks.length === 0 || rows.length < 2 || remarks.length > Math.max(5, rows.length)) return false;
  if (!remarks.some((line) => /[\p{L}\p{N}]/u.test(line))) return false;
  if (!haveCells(rows)) return false;
  const names = rows[0] as string;
  if (remarks.some((line) => looksLikeRow(line, rows) || isAsWide(line, names) || opensCell(line)))
    return false;
  return remarks.every(
    (line) =>
      /^\s*[\p{L}\p{N}]/u.test(line.slice(mark.length).replace(/^[#*/%!;=-]+/, '')) || line.length < 4,
  );
}

/** True where rows have several cells; a file of one column tells nothing of what is no row of it. */
function haveCells(rows: readonly string[]): boolean {
  const first = rows.slice(0, 20);
  return delimiters.some(
    (delimiter) => first.filter((row) => row.includes(delimiter)).length * 2 > first.length,
  );
}

/** True where a line has as many of the usual delimiters as rows have. */
function looksLikeRow(line: string, rows: readonly string[]): boolean {
  return delimiters.some((delimiter) => {
    const times = (text: string) => text.split(delimiter).length - 1;
    const own = times(line);
    return (
      own > 0 && rows.slice(0, 20).filter((row) => times(row) === own).length * 2 > Math.min(20, rows.length)
    );
  });
}

/** True where a line has as many of a usual delimiter as the names above: rows such as `#1001,…` with cells of several lines between. */
const isAsWide = (line: string, names: string): boolean =>
  delimiters.some((delimiter) => {
    const times = line.split(delimiter).length;
    return times > 2 && times === names.split(delimiter).length;
  });

/** True where a quoted cell begins in a line and ends on another. */
const opensCell = (line: string): boolean => /[,;\t|]"/.test(line) && line.split('"').length % 2 === 0;

/** The names of the columns that the remark `#Fields:` of a log gives. */
export function namesInRemark(head: Buffer, comment: string, width: number): string[] | undefined {
  const [, fields] =
    (comment === '#' && /^#Fields:\s+(\S.*)$/m.exec(head.toString('utf8', 0, 64 << 10))) || [];
  const names = fields?.trim().split(/\s+/);
  return names?.length === width ? names : undefined;
}
