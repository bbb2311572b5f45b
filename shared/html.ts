const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as it stands in HTML, between tags or in quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** Text that is HTML already; made by html`` alone. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

type Hole = Html | string | number | readonly Html[] | undefined;

/** HTML in which every hole is a text that stands as it is, unless it was made by html`` itself; nothing where it is undefined. */
export const html = (parts: TemplateStringsArray, ...holes: readonly Hole[]): Html =>
  new Html(parts.map((part, at) => (at === 0 ? part : written(holes[at - 1]) + part)).join(''));

function written(hole: Hole): string {
  if (hole === undefined) return '';
  if (hole instanceof Html) return hole.toString();
  if (typeof hole === 'object') return hole.join('');
  return escaped(String(hole));
}
