/** JSON as it was written: its numbers, keys and repeats are kept where JavaScript would change them. */
export class RawJson {
  readonly text: string;

  /** White space between tokens goes, so that the text is one line. */
  constructor(text: string) {
    this.text = text.replace(/("[^"\\]*(?:\\.[^"\\]*)*")|\s+/g, '$1');
  }
}

const mark = '\ue0f0';
const marked = new RegExp(String.raw`(?<!\\)"${mark}(\d+)"(?!:)`, 'g');

/** One JSON document, as JSON.stringify writes it, with what is RawJson as it was. */
export function jsonText(value: unknown, space?: number): string {
  const raws: string[] = [];
  const put = (text: string) => `${mark}${raws.push(text) - 1}`;
  const text = JSON.stringify(
    value,
    (_key, part: unknown) => {
      if (part instanceof RawJson) return put(part.text);
      if (typeof part === 'bigint') return Number.isSafeInteger(Number(part)) ? Number(part) : String(part);
      return typeof part === 'string' && part.startsWith(mark) ? put(JSON.stringify(part)) : part;
    },
    space,
  );
  return raws.length === 0 ? text : text.replace(marked, (_whole, at: string) => raws[Number(at)] ?? '');
}
