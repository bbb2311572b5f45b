import type { Completion, Offer } from '../../../../shared/contract/query-language.ts';
import { parameterPlaces } from '../../../../shared/query-parameters.ts';
import type { KnownCatalog } from './known-catalog.ts';
import { offersAt } from './offers.ts';
import { placeAt } from './place.ts';
import { insideText } from './sql-tree.ts';

const most = 250;

/** What may be written at a place of a text, the likeliest first. */
export function complete(text: string, at: number, catalog: KnownCatalog): Completion {
  const from = startOfWord(text, at);
  const to = at + (/^\w*"?/.exec(text.slice(at))?.[0].length ?? 0);
  const end = text.charAt(from) === '"' ? to : at + (/^\w*/.exec(text.slice(at))?.[0].length ?? 0);
  const range = { from, to: end };
  if (insideText(text, at) || /^\d/.test(text.slice(from, at))) return { ...range, offers: [], more: false };
  if (/(^|[^:]):$/.test(text.slice(0, from)))
    return { ...range, offers: parameters(text, from), more: false };
  const start = text.slice(from, at).replace(/^"/, '');
  const quoted = text.charAt(from) === '"';
  // A name whose quotes are still open would take what follows it into them.
  const read = quoted && text.charAt(to - 1) !== '"' ? `${text.slice(0, end)}"${text.slice(end)}` : text;
  const all = offersAt(read, placeAt(read, at, catalog), start !== '');
  const fitting = all.filter((offer) => fits(offer, start) && (!quoted || canBeQuoted.has(offer.kind)));
  const offers = unlike(fitting.toSorted((a, b) => closeness(b, start) - closeness(a, start)));
  const named = quoted ? offers.map((offer) => inQuotes(offer)) : offers;
  return { ...range, offers: named.slice(0, most), more: offers.length > most || start === '' };
}

/** After a colon the parameters that the text has elsewhere. */
const parameters = (text: string, from: number): readonly Offer[] =>
  [...new Set(parameterPlaces(text).flatMap(({ name, start }) => (start === from - 1 ? [] : [name])))].map(
    (label) => ({ label, kind: 'parameter' }),
  );

const canBeQuoted = new Set<Offer['kind']>(['column', 'table', 'view', 'with', 'schema', 'relation']);
const inQuotes = (offer: Offer): Offer => ({ ...offer, insert: `"${offer.label.replaceAll('"', '""')}"` });

function startOfWord(text: string, at: number): number {
  const line = text.slice(0, at);
  const quoted = /"[^"\n]*$/.exec(line);
  if (quoted && (line.slice(line.lastIndexOf('\n') + 1).split('"').length - 1) % 2 === 1) return quoted.index;
  return at - (/[\w$\u0080-\uffff]*$/.exec(line)?.[0].length ?? 0);
}

/** A name fits by its beginning, by the beginning of one of its words, or by its letters in order. */
const fits = ({ label }: Offer, start: string): boolean => start === '' || rankOf(label, start) > 0;

function rankOf(written: string, begun: string): number {
  if (written.startsWith(begun)) return 4;
  const label = written.toLowerCase();
  const start = begun.toLowerCase();
  if (label.startsWith(start)) return 3;
  if (label.includes(`_${start}`) || label.includes(` ${start}`)) return 2;
  let at = 0;
  for (const letter of label) if (letter === start[at]) at++;
  return at === start.length && label.startsWith(start.charAt(0)) ? 1 : 0;
}

const closeness = ({ label }: Offer, start: string) => {
  if (start === '') return 0;
  return label === start ? 5 : rankOf(label, start);
};

const unlike = (offers: readonly Offer[]): readonly Offer[] => {
  const seen = new Set<string>();
  return offers.filter(({ kind, label, detail }) => {
    const key = kind === 'column' ? `${label} ${detail}` : `${kind} ${label}`;
    return !seen.has(key) && seen.add(key);
  });
};
