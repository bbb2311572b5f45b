import { join, nothing, type Sql, sql } from '../../../../shared/sql.ts';

/** A question as words: what may, must and must not stand in a text. */
export interface Words {
  readonly any: readonly string[];
  /** `"lost parcel"`: must stand there as written. */
  readonly phrases: readonly string[];
  /** `deliv*`: beginnings of words. */
  readonly prefixes: readonly string[];
  /** `-refund`, `-"money back"`: must not. */
  readonly not: readonly string[];
}

const piece = /(?<minus>(?<!\S)-)?(?:"(?<phrase>[^"]*)"|(?<word>[^\s"]+))/gu;
const beginning = /^[\p{L}\p{N}_]+\*$/u;

/** Reads a question in the way search engines have taught people to write it. */
export function readWords(text: string): Words {
  const words = {
    any: [] as string[],
    phrases: [] as string[],
    prefixes: [] as string[],
    not: [] as string[],
  };
  for (const { groups } of text.matchAll(piece)) {
    const { minus, phrase, word = '' } = groups ?? {};
    const written = (phrase ?? word).trim();
    if (!/[\p{L}\p{N}]/u.test(written)) continue;
    if (minus !== undefined) words.not.push(written);
    else if (phrase !== undefined) words.phrases.push(written);
    else if (beginning.test(written)) words.prefixes.push(written.slice(0, -1));
    else words.any.push(written);
  }
  return words;
}

/** What a model reads of the question: everything but what must not stand there. */
export function meantText(text: string): string {
  const { any, phrases, prefixes } = readWords(text);
  const plain = phrases.length + prefixes.length === 0 && readWords(text).not.length === 0;
  return plain ? text : [...any, ...phrases, ...prefixes].join(' ');
}

const phraseQuery = (words: string) => sql`phraseto_tsquery('english', ${words})`;

/** As written and as the dictionary cuts it: `delivery*` finds `deliveries` too. */
const prefixQuery = (beginningOfWord: string) =>
  sql`(to_tsquery('simple', ${`${beginningOfWord}:*`}) || to_tsquery('english', ${`${beginningOfWord}:*`}))`;

const either = (queries: readonly Sql[]): Sql =>
  queries.length === 0 ? sql`''::tsquery` : sql`(${join(queries, sql` || `)})`;

/** Any of what is asked for, as a tsquery: what is marked in a text. */
export const anyOf = ({ any, phrases, prefixes }: Words): Sql =>
  either([...[...any, ...phrases].map(phraseQuery), ...prefixes.map(prefixQuery)]);

/** The beginnings of words alone, as a tsquery. */
export const beginningsOf = ({ prefixes }: Words): Sql => either(prefixes.map(prefixQuery));

/** What phrases and exclusions demand of a text, given its words; nothing where there are none. */
export function demands(words: Words, vector: Sql): readonly Sql[] {
  return [
    ...words.phrases.map((phrase) => sql`${vector} @@ ${phraseQuery(phrase)}`),
    ...words.not.map((phrase) => sql`not ${vector} @@ ${phraseQuery(phrase)}`),
  ];
}

/** The question without operators, as BM25 reads it: any of these words. */
export const bagOf = ({ any, phrases }: Words, expanded: readonly string[] = []): string =>
  [...any, ...phrases, ...expanded].join(' ');

/** `where` and its conditions, if there are any. */
export const whereAll = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? nothing : sql` where ${join(conditions, sql` and `)}`;
