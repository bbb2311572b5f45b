import type { Guess } from '../../../../shared/contract/files.ts';
import { type Alphabet, alphabets, type DoubleByte, doubleBytes } from './alphabets.ts';
import { textDecoder } from './dos-pages.ts';

/** An encoding and what speaks for it. */
export interface EncodingGuess extends Guess {
  readonly encoding: string;
  /** True where nearly all characters beyond ASCII are letters of words, small ones among them. */
  readonly spells?: boolean;
}

/** The encodings of Western Europe, in which every byte is a character. */
export const isWestern = (encoding: string): boolean =>
  ['windows-1252', 'latin-1', 'iso-8859-15'].includes(encoding);

interface Score {
  readonly encoding: string;
  readonly score: number;
  readonly usual: number;
  readonly total: number;
}

const mostBytes = 64 << 10;

/** Reads bytes that are not UTF-8 in every likely encoding: the one holds in which they are letters of words. */
export function guessEncoding(bytes: Buffer): EncodingGuess {
  const lines = linesBeyondAscii(bytes);
  const scores = [
    ...alphabets.map((alphabet) => scoreLetters(lines, alphabet)),
    ...doubleBytes.map((encoding) => scorePairs(lines, encoding)),
  ].sort((a, b) => b.score - a.score);
  const [best, ...others] = scores as [Score, ...Score[]];
  const rival = others.find(({ encoding }) => !isNear(encoding, best.encoding)) ?? best;
  const few = best.total < 8 ? 0.85 : 1;
  const lead = Math.max(0, best.score - Math.max(0, rival.score));
  const confidence = Math.round(Math.max(0.2, Math.min(0.98, 0.55 + lead * 0.6) * few) * 100) / 100;
  const encoding = nameOf(best.encoding, lines);
  const evidence = `not UTF-8; read as ${encoding}, ${best.usual} of ${best.total} characters beyond ASCII are usual ones, as ${rival.encoding} ${rival.usual} of ${rival.total}`;
  const spells = best.usual >= best.total * 0.9 && lines.some((byte) => byte >= 0xdf);
  return { encoding, confidence, evidence, spells };
}

/** Encodings that differ in little: whichever is taken, most texts read the same. */
const isNear = (a: string, b: string) => familyOf(a) === familyOf(b);
const families = [
  ['windows-1252', 'iso-8859-15'],
  ['windows-1253', 'iso-8859-7'],
  ['koi8-r', 'koi8-u'],
  ['cp850', 'cp437'],
];
const familyOf = (encoding: string) => families.find((family) => family.includes(encoding))?.[0] ?? encoding;

/** Windows-1252 without the characters that it adds is ISO-8859-1. */
function nameOf(encoding: string, lines: Buffer): string {
  if (encoding !== 'windows-1252') return encoding;
  return lines.some((byte) => byte >= 0x80 && byte <= 0x9f) ? 'windows-1252' : 'latin-1';
}

function linesBeyondAscii(bytes: Buffer): Buffer {
  const kept: Buffer[] = [];
  let size = 0;
  let from = 0;
  while (from < bytes.length && size < mostBytes) {
    let end = bytes.indexOf(10, from);
    if (end === -1) end = bytes.length;
    const line = bytes.subarray(from, end + 1);
    if (line.some((byte) => byte >= 0x80)) {
      kept.push(line.subarray(0, mostBytes));
      size += line.length;
    }
    from = end + 1;
  }
  return Buffer.concat(kept);
}

function scoreLetters(lines: Buffer, { encoding, letters, languages = [], prior }: Alphabet): Score {
  // Without `stream`, Node reads windows-1252 as if it were ISO-8859-1.
  const text = textDecoder(encoding).decode(lines, { stream: true });
  let sum = 0;
  let total = 0;
  let usual = 0;
  let capitals = 0;
  let foreign = 0;
  const used: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character <= '\u007f') {
      foreign = 0;
      continue;
    }
    total++;
    const worth = worthOf(character, text[at - 1] ?? ' ', text[at + 1] ?? ' ', letters);
    if (worth >= rare && letters.has(character)) used.push(character);
    foreign = isLatin(character) ? foreign + 1 : 0;
    // A run of accented letters is no word of a Latin alphabet.
    sum += foreign > 2 ? -1 : worth;
    if (worth >= rare) usual++;
    if (character !== character.toLowerCase()) capitals++;
  }
  const cased = letters.has('а') || letters.has('α');
  const shy = cased && total > 10 && (capitals === 0 || capitals > total * 0.6) ? 0.3 : 0;
  return {
    encoding,
    score: total === 0 ? 0 : (sum / total - shy) * prior * likeness(used, languages),
    usual,
    total,
  };
}

/** Letters that no one language has side by side, such as ì and ø, are those of another encoding. */
function likeness(used: readonly string[], languages: readonly ReadonlySet<string>[]): number {
  if (used.length < 4 || languages.length === 0) return 1;
  const shares = languages.map(
    (letters) => used.filter((letter) => letters.has(letter)).length / used.length,
  );
  return 0.75 + 0.25 * Math.max(...shares);
}

const isLatin = (character: string) => /\p{Script=Latin}/u.test(character);
const isLetter = (character: string) => /[\p{L}\p{M}]/u.test(character);
const punctuation = new Set('“”„‘’‚–—…•€£§°«»·©®™²³µºª¿¡\u00a0№');
const finals = new Set('ךםןףץ');
/** Of Icelandic alone: Turkish has its own in their places. */
const rareLetters = new Set('ðÐþÞýÝ');
const rare = 0.92;

const isBeyond = (character: string) => character > '\u007f' && isLetter(character);

/** Signs between the neighbours that they have in most texts: °C, 5 µm, m², ½, 3 €, d’Ivoire, «bonjour», a – b. */
const signsInPlace: readonly (readonly [signs: string, before: RegExp, after: RegExp])[] = [
  ['°', /[\d\s[("',;\t/]/, /[CFKNSEWnc\s"',;)\]\d]/],
  ['µ', /[^\p{L}]/u, /[a-zA-Z]/],
  ['²³', /[a-zA-Z]/, /[^\p{L}]/u],
  ['½±‰•', /[^\p{L}]/u, /[^\p{L}]/u],
  ['€£', /[^\p{L}]/u, /[^\p{L}]/u],
  ['’', /\p{L}/u, /[\p{L}\s]/u],
  ['–—', /[\s\d]/, /[\s\d]/],
  ['«“„‘', /[^\p{L}\d]/u, /[\p{L}\d\s]/u],
  ['»”“', /[\p{L}\d.!?\s]/u, /[^\p{L}\d]/u],
  ['…', /[\p{L}\d]/u, /[^\p{L}\d]/u],
];

const isSymbolInPlace = (character: string, before: string, after: string): boolean =>
  signsInPlace.some(
    ([signs, left, right]) => signs.includes(character) && left.test(before) && right.test(after),
  );

/** What one character says for an encoding: 1 for a letter in its place, less than nothing for one that cannot stand there. */
function worthOf(character: string, before: string, after: string, letters: ReadonlySet<string>): number {
  if (!letters.has(character)) {
    if (isSymbolInPlace(character, before, after)) return 1;
    if (punctuation.has(character)) return isLetter(before) && isLetter(after) ? -0.5 : 0.6;
    return isLetter(character) ? -0.1 : -1;
  }
  const upper = character !== character.toLowerCase();
  if (upper && before !== before.toUpperCase() && isLetter(before)) return -1;
  if (upper && isLatin(before) && isLatin(after) && after === after.toLowerCase()) return -0.5;
  const mixed = isLetter(before) && isLatin(before) !== isLatin(character);
  if (mixed) return -0.5;
  if (finals.has(character) && isLetter(after)) return -0.5;
  // A letter of another alphabet is hardly a word of its own.
  if (!isLatin(character) && !isBeyond(before) && !isBeyond(after)) return 0.2;
  return rareLetters.has(character) ? rare : 1;
}

function scorePairs(lines: Buffer, { encoding, isUsual, isSeldom, prior }: DoubleByte): Score {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(lines);
  } catch {
    return { encoding, score: -1, usual: 0, total: 0 };
  }
  const kana = encoding === 'shift_jis' && isKana(lines);
  let total = 0;
  let usual = 0;
  let seldom = 0;
  let narrow = 0;
  let alone = 0;
  let ended = -1;
  for (let at = 0; at < lines.length; at++) {
    const lead = lines[at] as number;
    if (lead < 0x80) continue;
    total++;
    if (encoding === 'shift_jis' && lead >= 0xa1 && lead <= 0xdf) {
      if (kana) narrow++;
      continue;
    }
    const trail = lines[at + 1] ?? 0;
    if (isUsual(lead, trail)) usual++;
    else if (isSeldom?.(lead, trail)) seldom++;
    if (trail < 0x80 && ended !== at && (lines[at + 2] ?? 0) < 0x80) alone++;
    at++;
    ended = at + 1;
  }
  // Bytes of chance are pairs too: of a text in such an encoding nearly all are usual ones.
  const likely = usual + narrow + seldom >= total * fewestUsual && usual >= seldom;
  // What would be one sign and one letter elsewhere, as in °C.
  const doubt = alone * 0.6;
  const score = ((usual + narrow * 0.88 + seldom * 0.8 - doubt) / total) * prior;
  return { encoding, score: total === 0 || !likely ? -1 : score, usual: usual + narrow + seldom, total };
}

/** Narrow katakana: side by side, and a good part in the first columns of the syllabary, where no alphabet has capitals. */
function isKana(lines: Buffer): boolean {
  const isNarrow = (byte = 0) => byte >= 0xa1 && byte <= 0xdf;
  const narrow = lines.filter(isNarrow).length;
  const together = lines.filter((byte, at) => isNarrow(byte) && isNarrow(lines[at + 1])).length;
  const first = lines.filter((byte) => byte >= 0xb0 && byte <= 0xbf).length;
  return together >= narrow * 0.5 && first >= narrow * 0.25;
}

const fewestUsual = 0.7;
