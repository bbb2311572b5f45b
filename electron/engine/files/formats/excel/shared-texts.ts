import type { Source } from '../../source/source.ts';
import { readXml, type Workbook } from './workbook.ts';

const part = 'xl/sharedStrings.xml';

/** The texts of a workbook that cells refer to by number; reading aids (furigana) are left out. */
export async function readSharedTexts(source: Source, { parts }: Workbook): Promise<string[]> {
  const texts: string[] = [];
  if (!parts.has(part)) return texts;
  let text = '';
  let inText = false;
  let aids = 0;
  await readXml(source, part, {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') aids++;
      inText = name === 't' && aids === 0;
    },
    close: (name) => {
      if (name === 'si') texts.push(unescaped(text));
      if (name === 'rPh') aids--;
      if (name === 't') inText = false;
    },
    text: (more) => {
      if (inText) text += more;
    },
  });
  return texts;
}

/** Characters that XML cannot hold are written `_x0009_`. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;
