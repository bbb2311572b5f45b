import { type Sql, sql } from '../../../../shared/sql.ts';

/** From here, to there: places in a text. */
export type Range = readonly [number, number];

const [start, end] = ['\uE000', '\uE001'];

/** A very long text is marked in its beginning only. */
const markedLength = 20_000;

/** The text with marks where PostgreSQL finds the query's words. */
export const headlineOf = (content: Sql, query: Sql): Sql =>
  sql`ts_headline('english', translate(left(${content}, ${markedLength}), ${start + end}, '  '), ${query}, ${`HighlightAll=true, StartSel=${start}, StopSel=${end}`})`;

/** Where the marks of a headline stand in the text without them. */
export function rangesOf(headline: string): Range[] {
  const ranges: Range[] = [];
  let [at, from] = [0, 0];
  for (const letter of headline) {
    if (letter === start) from = at;
    else if (letter === end) ranges.push([from, at]);
    else at += letter.length;
  }
  return ranges;
}
