import type { SkippedBy } from './contract/files.ts';
import { count } from './number-words.ts';

const words: Readonly<Record<keyof SkippedBy, string>> = {
  header: 'header',
  blank: 'blank',
  preamble: 'before the header',
  comment: 'comments',
  footer: 'after the table',
  otherTable: 'of another table',
};
const kinds = Object.keys(words) as (keyof SkippedBy)[];

/** The records of a file that are no rows, by kind: `1 header`, `3 after the table`. */
export const skippedWords = (skippedBy: SkippedBy): readonly string[] =>
  kinds.flatMap((kind) => {
    const records = skippedBy[kind] ?? 0;
    const says = kind === 'comment' && records === 1 ? 'comment' : words[kind];
    return records > 0 ? [`${count(records)} ${says}`] : [];
  });
