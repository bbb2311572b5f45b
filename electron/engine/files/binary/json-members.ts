const [quote, backslash, colon, comma] = [34, 92, 58, 44];
const [openObject, closeObject, openList, closeList] = [123, 125, 91, 93];
const isSpace = (byte: number | undefined) => byte === 32 || byte === 10 || byte === 13 || byte === 9;

/**
 * True where no object in this JSON names a member twice, of which jsonb would keep one only. False where one does, or
 * where that takes more than a look at its bytes. Says nothing of what is no JSON.
 */
export function namesMembersOnce(from: Uint8Array, start: number, end: number): boolean {
  const open: (Set<string> | undefined)[] = [];
  let named = false;
  for (let at = start; at < end; at++) {
    const byte = from[at] as number;
    if (byte === openObject) open.push(new Set());
    else if (byte === openList) open.push(undefined);
    else if (byte === closeObject || byte === closeList) open.pop();
    if (byte === openObject || byte === comma) named = false;
    if (byte !== quote) continue;
    const close = closing(from, at + 1, end);
    const names = open.at(-1);
    if (names && !named && isFollowedByColon(from, close + 1, end)) {
      const name = Buffer.from(from.subarray(at + 1, close)).toString('latin1');
      // Written with an escape it may be the same as another one.
      if (names.has(name) || name.includes('\\')) return false;
      names.add(name);
      named = true;
    }
    at = close;
  }
  return true;
}

function closing(from: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && from[at] !== quote) at += from[at] === backslash ? 2 : 1;
  return at;
}

function isFollowedByColon(from: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && isSpace(from[at])) at++;
  return from[at] === colon;
}
