import { readRecords } from './read-records.ts';
import { rawText } from './record-kinds.ts';
import type { Survey } from './survey.ts';

const most = 3;
const longest = 80;

/** The first records behind the rows that were found to be none of them, as they stand in the file. */
export async function footerTexts({ layout, skipped, endLine }: Survey): Promise<readonly string[]> {
  if (endLine === undefined || skipped.footer === 0 || layout.footerLines !== undefined) return [];
  const texts: string[] = [];
  const { path, writing, upTo } = layout;
  await readRecords({ path, writing, from: { offset: upTo, line: endLine } }, (found) => {
    const text = rawText(found).trim();
    if (text !== '') texts.push(text.length > longest ? `${text.slice(0, longest)}…` : text);
    return texts.length < Math.min(most, skipped.footer);
  });
  return texts;
}
