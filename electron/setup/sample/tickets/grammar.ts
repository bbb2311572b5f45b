import type { Random } from '../random.ts';

const choice = /\[([^[\]]*)\]/;
const slot = /\{(\w+)\}/;

/** Takes one of each `[one|other]`, the innermost first, and fills every `{slot}`. */
export function expand(random: Random, template: string, fill: (slot: string) => string): string {
  let text = template;
  for (let found = choice.exec(text); found; found = choice.exec(text)) {
    text = text.replace(found[0], () => random.pick((found?.[1] ?? '').split('|')));
  }
  const next = slot.exec(text);
  if (!next) return text;
  return expand(random, text.replace(next[0], fill(next[1] ?? '').replaceAll('$', '$$$$')), fill);
}

/** Puts right what choices and slots leave: spaces, a or an, the capital at the start. */
export function polished(text: string): string {
  const plain = text
    .replace(/\s+/g, ' ')
    .replace(/ ([,.?!])/g, '$1')
    .replace(/\b([Aa]) (?=[aeioAEIO](?!ne\b)|(?:X*[SL]|M)\b)/g, '$1n ')
    .trim();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
