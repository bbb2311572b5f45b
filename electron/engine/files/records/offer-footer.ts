import type { Guess } from '../../../../shared/contract/files.ts';
import { locateRecords } from './locate.ts';
import { type Marks, splitRecord } from './split-record.ts';
import type { Survey } from './survey.ts';

/** What a row calls itself that holds sums. */
export const sums =
  /^(grand |sub-?)?(total|totals|sum|summe|gesamt|gesamtsumme|zwischensumme|insgesamt|totale|suma|somme|totaal|итого|всего|合计|总计|合計)\b\s*:?$/iu;
const fewestRows = 3;

/** A last row that calls itself the sum of the others is loaded as the file has it, and offered as a footer. */
export async function offerFooter(survey: Survey, marks: Marks): Promise<Guess | undefined> {
  const { layout, good, endLine } = survey;
  if (layout.footerLines !== undefined || endLine !== undefined || good < fewestRows) return undefined;
  const [last] = await locateRecords(layout, survey, [good - 1]);
  const cells = splitRecord(last?.raw ?? '', marks).map(({ text }) => text.trim());
  const word = cells.slice(0, 3).find((cell) => cell !== '') ?? '';
  if (cells.length < 2 || !sums.test(word)) return undefined;
  return {
    confidence: 0.5,
    evidence: `the last row begins with “${word}”: it is loaded, but may be the sum of those above`,
  };
}
