import type { Source } from '../../source/source.ts';
import { readXml, type Workbook } from './workbook.ts';

/** What a number stands for, by the format it is shown in; `digits5` is a name such as 01067, shown with so many of them. */
export type NumberMeaning = 'number' | 'date' | 'time' | 'datetime' | 'duration' | `digits${number}`;

const part = 'xl/styles.xml';

/** Built-in formats that show days, times or both (ECMA-376 18.8.30), with those of East Asian editions. */
const builtIn: Readonly<Record<number, NumberMeaning>> = {
  ...Object.fromEntries(
    [14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'date']),
  ),
  ...Object.fromEntries([18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56].map((id) => [id, 'time'])),
  22: 'datetime',
  46: 'duration',
};

/** What a number format makes of a number: letters of days and times outside quotes, brackets and escapes. */
export function meaningOf(code: string): NumberMeaning {
  const [positive = ''] = code.split(';');
  const bare = positive
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/[_*]./g, '');
  if (/\[(h+|m+|s+)\]/i.test(bare)) return 'duration';
  const zeros = bare.replace(/\[[^\]]*\]/g, '').trim();
  if (/^0{2,}$/.test(zeros) && !/["\\]/.test(positive)) return `digits${zeros.length}`;
  const letters = bare
    .replace(/\[[^\]]*\]/g, '')
    .replace(/general/gi, '')
    .toLowerCase();
  const clock = /[hs]/.test(letters) || /am\/pm|a\/p/.test(letters);
  const day = /[yd]/.test(letters) || (/m/.test(letters) && !clock);
  if (day && clock) return 'datetime';
  if (day) return 'date';
  return clock ? 'time' : 'number';
}

/** What numbers mean in cells of each style. */
export async function readMeanings(source: Source, { parts }: Workbook): Promise<NumberMeaning[]> {
  if (!parts.has(part)) return [];
  const codes = new Map<number, string>();
  const meanings: NumberMeaning[] = [];
  let inCells = false;
  await readXml(source, part, {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      const id = Number(attributes['numFmtId'] ?? 0);
      const code = codes.get(id);
      meanings.push(code === undefined ? (builtIn[id] ?? 'number') : meaningOf(code));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return meanings;
}
