/** The bytes that end lines. */
export const LF = 10;
export const CR = 13;

/** True where `bytes` stand at this place. */
export function startsWith(buffer: Uint8Array, at: number, bytes: Uint8Array): boolean {
  for (let offset = 0; offset < bytes.length; offset++) {
    if (buffer[at + offset] !== bytes[offset]) return false;
  }
  return true;
}

/** Where spaces end. */
export function behindSpaces(buffer: Uint8Array, from: number): number {
  let at = from;
  while (buffer[at] === 32) at++;
  return at;
}

/** Where the line ends that `from` stands on. */
export function lineEnd(buffer: Uint8Array, from: number): number {
  let at = from;
  while (at < buffer.length && buffer[at] !== LF && buffer[at] !== CR) at++;
  return at;
}

/** LF, CR, CR LF, and CR CR LF, as a text written twice through a translation of line ends has it. */
export function breakLength(buffer: Uint8Array, at: number): number {
  if (buffer[at] === LF) return 1;
  if (buffer[at + 1] === LF) return 2;
  return buffer[at + 1] === CR && buffer[at + 2] === LF ? 3 : 1;
}

/** Line breaks in a text before `end`. */
export const breaksIn = (text: string, end: number) => text.slice(0, end).match(/\r\n|\n|\r/g)?.length ?? 0;
