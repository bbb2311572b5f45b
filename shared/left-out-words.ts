import type { LeftOut } from './contract/formats.ts';
import { counted } from './number-words.ts';

const says: Readonly<Record<LeftOut['kind'], (records: number) => string>> = {
  preamble: (records) => `${counted(records, 'record')} above the table ${are(records)} not loaded`,
  header: (records) =>
    `${counted(records, 'record')} below the first ${records === 1 ? 'is' : 'are'} read as part of the header`,
  comment: (records) =>
    `${counted(records, 'line')} ${records === 1 ? 'is read as a remark' : 'are read as remarks'} and not loaded`,
  repeated: (records) =>
    `${counted(records, 'record')} ${records === 1 ? 'repeats' : 'repeat'} the header and ${are(records)} not loaded`,
  footer: (records) => `${counted(records, 'record')} behind the rows ${are(records)} not loaded`,
  otherTable: (records) => `another table of ${counted(records, 'record')} in the same file is not loaded`,
};

const are = (records: number) => (records === 1 ? 'is' : 'are');

const longest = 160;
const shortened = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** What was taken for no rows, in words, with its first texts. */
export function leftOutWords({ kind, records, texts, file }: LeftOut): string {
  const shown =
    kind === 'otherTable' ? texts.join(', ') : texts.map((text) => `“${shortened(text)}”`).join(', ');
  const more = records > texts.length && kind !== 'otherTable' ? ' …' : '';
  return `${file === undefined ? '' : `${file}: `}${says[kind](records)}: ${shown}${more}`;
}
