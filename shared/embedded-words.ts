import { counted } from './number-words.ts';

/** What became part of a collection: texts that a model embedded, or vectors that a column had already. */
export const embeddedWords = (embedded: number, fromColumn: boolean): string =>
  fromColumn ? `${counted(embedded, 'vector')} taken` : `${counted(embedded, 'text')} embedded`;
