/** A piece of a text, and whether the question names it. */
export interface Piece {
  readonly text: string;
  readonly matches: boolean;
}

const endings = /(?:ings?|edly|ed|ies|es|ly|s|e|y)$/;

/** A word without its ending, roughly as PostgreSQL's English dictionary cuts it; short words stay whole. */
function stem(word: string): string {
  const lower = word.toLowerCase();
  const cut = lower.replace(endings, '');
  return cut.length >= 3 ? cut : lower;
}

/** Words that say nothing of the subject; full text search leaves them out as well. */
const empty = new Set(
  'a an and are as at be but by do does for from had has have he her his how i in is it its me my not of on or our she so that the their them they this to was we were what when where which who why will with you your'.split(
    ' ',
  ),
);

const word = /[\p{L}\p{N}]+/gu;

/** Cuts a text where words of the question stand. */
export function matchingWords(content: string, question: string): Piece[] {
  const wanted = new Set(
    [...question.matchAll(word)]
      .filter(([found]) => !empty.has(found.toLowerCase()))
      .map(([found]) => stem(found)),
  );
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of content.matchAll(word)) {
    if (!wanted.has(stem(match[0]))) continue;
    if (match.index > at) pieces.push({ text: content.slice(at, match.index), matches: false });
    pieces.push({ text: match[0], matches: true });
    at = match.index + match[0].length;
  }
  if (at < content.length) pieces.push({ text: content.slice(at), matches: false });
  return pieces;
}
