/** True where what was opened with a quote goes on behind the line. */
export const isOpen = (line: string): boolean => ((line.match(/"/g)?.length ?? 0) & 1) === 1;

/** A row that was written as one quoted cell of its line; other lines stay as they are. */
export const fromQuotedLine = (record: string): string => insideOf(record) ?? record;

/** What stands in a line that is one quoted cell as a whole. */
export function insideOf(line: string): string | undefined {
  const inside = /^"([\s\S]*)" *$/.exec(line)?.[1];
  return inside === undefined || inside.replaceAll('""', '').includes('"')
    ? undefined
    : inside.replaceAll('""', '"');
}
