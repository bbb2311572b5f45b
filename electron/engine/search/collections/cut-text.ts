import type { Cut } from '../../../../shared/contract/search.ts';
import { sentencesOf } from './sentences.ts';

/** A piece that is not cut further unless it is too long alone. */
interface Unit {
  readonly text: string;
  readonly tokens: number;
}

const heading = /^#{1,6}\s.*$/m;

/** Cuts a long text into parts of at most so many tokens; each begins with the last of the part before, as far as the overlap goes. */
export function cutText(text: string, cut: Cut, countTokens: (text: string) => number): string[] {
  if (cut.by !== 'headings') return packed(unitsOf(text, cut, countTokens), cut);
  return sectionsOf(text).flatMap(({ head, body }) => {
    const room = { ...cut, tokens: Math.max(1, cut.tokens - countTokens(head)) };
    const parts = packed(unitsOf(body, room, countTokens), room);
    return (parts.length === 0 && head !== '' ? [''] : parts).map((part) =>
      [head, part].filter((piece) => piece !== '').join('\n'),
    );
  });
}

/** The text below each heading; headings are as in Markdown. */
function sectionsOf(text: string): { readonly head: string; readonly body: string }[] {
  const sections: { head: string; body: string }[] = [];
  let left = text;
  let head = '';
  for (let found = heading.exec(left); found; found = heading.exec(left)) {
    sections.push({ head, body: left.slice(0, found.index) });
    head = found[0].trim();
    left = left.slice(found.index + found[0].length);
  }
  sections.push({ head, body: left });
  return sections.filter((section) => section.head !== '' || section.body.trim() !== '');
}

/** Sentences or words, with the blanks that follow them; a sentence that is too long alone becomes words, and a word its halves. */
function unitsOf(text: string, { by, tokens }: Cut, countTokens: (text: string) => number): Unit[] {
  const words = (of: string) =>
    (of.match(/\S+\s*/g) ?? []).flatMap((word) => fitting([...word], tokens, countTokens));
  if (by === 'tokens') return words(text);
  const sentences = sentencesOf(text);
  return sentences.flatMap(({ from }, at) => {
    const sentence = text.slice(from, sentences[at + 1]?.from ?? text.length);
    const unit = { text: sentence, tokens: countTokens(sentence) };
    return unit.tokens > tokens ? words(sentence) : [unit];
  });
}

/** A word, in halves while it is too long: scripts without blanks have no others. */
function fitting(
  characters: readonly string[],
  most: number,
  countTokens: (text: string) => number,
): readonly Unit[] {
  const text = characters.join('');
  const unit = { text, tokens: countTokens(text) };
  if (unit.tokens <= most || characters.length < 2) return [unit];
  const half = characters.length >> 1;
  return [characters.slice(0, half), characters.slice(half)].flatMap((part) =>
    fitting(part, most, countTokens),
  );
}

function packed(units: readonly Unit[], { tokens, overlap }: Cut): string[] {
  const parts: string[] = [];
  let part: Unit[] = [];
  const full = (next: Unit) => sum(part) + next.tokens > tokens;
  for (const unit of units) {
    if (part.length > 0 && full(unit)) {
      parts.push(textOf(part));
      part = lastOf(part, Math.min(overlap, tokens - unit.tokens));
    }
    part.push(unit);
  }
  return part.length > 0 ? [...parts, textOf(part)] : parts;
}

/** The last units that have at most so many tokens together, but not all. */
function lastOf(units: readonly Unit[], most: number): Unit[] {
  let first = units.length;
  let tokens = 0;
  while (first > 1 && tokens + (units[first - 1] as Unit).tokens <= most)
    tokens += (units[--first] as Unit).tokens;
  return units.slice(first);
}

const sum = (units: readonly Unit[]) => units.reduce((total, unit) => total + unit.tokens, 0);
const textOf = (units: readonly Unit[]) =>
  units
    .map(({ text }) => text)
    .join('')
    .trim();
