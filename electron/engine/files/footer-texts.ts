import { inFile, type Placed } from './decoded-places.ts';
import { readRecords } from './read-records.ts';
import { rawText } from './record-kinds.ts';
import type { Survey } from './survey.ts';

const most = 3;
const longest = 80;

/** The first records behind the rows that were found to be none of them, as they stand in the file. */
export async function footerTexts({ layout, skipped, endLine }: Survey): Promise<readonly string[]> {
  if (endLine === undefined || skipped.footer === 0 || layout.footerLines !== undefined) return [];
  const found: Placed[] = [];
  const { path, writing, upTo, places } = layout;
  await readRecords({ path, writing, from: { offset: upTo, line: endLine } }, (record) => {
    const { start, line } = record.span;
    const raw = rawText(record);
    if (raw.trim() !== '') found.push({ offset: record.offset + start, line, raw });
    return found.length < Math.min(most, skipped.footer);
  });
  const texts = (await inFile(found, places)).map(({ raw }) => raw.trim());
  return texts.map((text) => (text.length > longest ? `${text.slice(0, longest)}…` : text));
}
