import { type Column, rowColumn } from '../../shared/column.ts';
import type { Completion, Offer } from '../../shared/contract/query-language.ts';
import { ident, join, type Sql, sql, toText, typeName } from '../../shared/sql.ts';

/** What stands before and after a formula, so that the whole is a statement over its columns. */
export interface Around {
  readonly before: string;
  readonly after: string;
}

/** What a formula may have in it: no tables, and not the sub-select that stands for its input. */
const inFormulas: ReadonlySet<Offer['kind']> = new Set(['column', 'function', 'type', 'keyword']);

const empty = (columns: readonly Column[]): Sql =>
  sql`select ${join(columns.map(({ name, type }) => sql`null::${typeName(type)} as ${ident(name)}`))}`;

/** Around an expression over these columns. */
export const aroundFormula = (columns: readonly Column[]): Around => ({
  before: 'select ',
  after: ` from (${toText(empty(columns.filter(({ name }) => name !== rowColumn)))}) as input`,
});

/** Around a query over inputs, each called by its name. */
export function aroundQuery(inputs: readonly { name: string; columns: readonly Column[] }[]): Around {
  const named = inputs.filter(({ columns }) => columns.length > 0);
  const with_ = join(named.map(({ name, columns }) => sql`${ident(name)} as (${empty(columns)})`));
  return { before: named.length > 0 ? `${toText(sql`with ${with_}`)}\n` : '', after: '' };
}

/** The word before a place, which is what is being written. */
export const wordBefore = (text: string, at: number): string =>
  /[\p{L}_][\p{L}\p{N}_$]*$/u.exec(text.slice(0, at))?.[0] ?? '';

/** The offers that begin with the written word, or have it after a sign; none where it stands there whole. */
export function fittingOffers({ offers }: Completion, word: string, formula: boolean): readonly Offer[] {
  const wanted = word.toLowerCase();
  const at = ({ label }: Offer) => label.toLowerCase().search(startOf(wanted));
  const fitting = offers.filter((offer) => (!formula || inFormulas.has(offer.kind)) && at(offer) >= 0);
  const [first] = fitting;
  return first?.label.toLowerCase() === wanted ? [] : fitting.slice(0, 40);
}

const startOf = (word: string) => new RegExp(`(^|[^\\p{L}\\p{N}])${word.replace('$', '\\$')}`, 'u');

/** A text after an offer was taken, and where one goes on writing. */
export function taken(
  text: string,
  { from, to }: { from: number; to: number },
  { label, insert = label, kind }: Offer,
): { text: string; at: number } {
  const calls = kind === 'function' && text.charAt(to) !== '(';
  const written = calls ? `${insert}()` : insert;
  return {
    text: text.slice(0, from) + written + text.slice(to),
    at: from + written.length - (calls ? 1 : 0),
  };
}
