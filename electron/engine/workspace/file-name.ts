import { createHash } from 'node:crypto';

/** What some file system refuses in a name: characters, a space or dot at an end, the names of Windows' devices. */
const refused = /[/\\:*?"<>|\p{Cc}]/u;
const atEnds = /^[\s.]|[\s.]$/u;
const device = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\.|$)/i;
const longest = 190;

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** True where a name can be a file's name on every system, letter by letter. */
export const canBeFileName = (name: string): boolean =>
  name !== '' && !refused.test(name) && !atEnds.test(name) && !device.test(name) && bytesOf(name) <= longest;

/**
 * A file name, without ending, for an object of any name: readable, taken by every system, and another one for
 * every other name. What cannot stand in a file name is written as in a URL.
 */
export function fileName(name: string): string {
  // Some systems hold two spellings of one accent for the same name.
  const ascii = name.normalize('NFC') !== name;
  const chars = [...name];
  const safe = chars.map((char, at) => {
    const isEnd = (at === 0 || at === chars.length - 1) && atEnds.test(char);
    const isDevice = at === 0 && device.test(name);
    const isOdd = refused.test(char) || char === '%' || char === '~' || (ascii && char > '\u007f');
    return isEnd || isDevice || isOdd ? encoded(char) : char;
  });
  const whole = safe.join('') || '%';
  return bytesOf(whole) <= longest ? whole : shortened(safe, name);
}

const encoded = (char: string) =>
  [...new TextEncoder().encode(char)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');

/** `~` stands in no other name, so the shortened ones are apart from all others. */
function shortened(safe: readonly string[], name: string): string {
  let start = '';
  for (const piece of safe) {
    if (bytesOf(start + piece) > 120) break;
    start += piece;
  }
  return `${start}~${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
}
