import { join, type Sql, sql } from '../../../../shared/sql.ts';

/** Words for true and false, besides `true` and `false`. */
const pairs: readonly (readonly [string, string])[] = [
  ['yes', 'no'],
  ['y', 'n'],
  ['t', 'f'],
  ['on', 'off'],
  ['ja', 'nein'],
  ['oui', 'non'],
  ['sí', 'no'],
  ['si', 'no'],
  ['vrai', 'faux'],
  ['wahr', 'falsch'],
];

/** All of these words, in small letters. */
export const truthWords = [...new Set(pairs.flat())];
const first = 500;

/** The class of a cell that is such a word. */
export const truthClass = (cell: Sql): Sql =>
  sql`${first} + list_position([${join(truthWords)}], lower(${cell})) - 1`;

/** True for a cell that is such a word. */
export const isTruthWord = (cell: Sql): Sql =>
  sql`(length(${cell}) <= 6 and lower(${cell}) in (${join(truthWords)}))`;

/** The words as an alternative in a regular expression. */
export const truthPattern = truthWords.join('|');

/** The class of cells that are this word. */
export const truthKind = (word: string): number => first + truthWords.indexOf(word);

/** Pairs of which both words occur: their classes, and the pair as a column's format has it. */
export function truthReadings(kinds: readonly number[]): { classes: readonly number[]; format: string }[] {
  return pairs
    .map(([yes, no]) => ({ classes: [truthKind(yes), truthKind(no)], format: `${yes}|${no}` }))
    .filter(({ classes }) => classes.every((kind) => kinds.includes(kind)));
}

/** True where the format is such a pair. */
export const isTruth = (cell: Sql, format: string): Sql =>
  sql`(lower(${cell}) in (${join([...format.split('|'), 'true', 'false'])}))`;

/** A word of a pair as PostgreSQL reads it. */
export const truthOf = (cell: Sql, format: string): Sql =>
  sql`(case when lower(${cell}) in (${join([format.split('|')[0] ?? '', 'true'])}) then 'true' else 'false' end)`;
