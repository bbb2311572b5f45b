import { readFile } from 'node:fs/promises';
import { Tokenizer } from '@huggingface/tokenizers';
import { modelFiles } from './model-files.ts';

/** Counts a model's tokens. */
export interface TokenCount {
  /** How many tokens a text has. */
  count(text: string): number;
  /** How many of its tokens the model does not know. */
  unknown(text: string): number;
}

/** More words than a language uses; a text of numbers would fill the memory. */
const mostRemembered = 50_000;

/** Reads a model's tokenizer for counting: a word's tokens do not depend on the words beside it. */
export async function readTokenCount(dir: string): Promise<TokenCount> {
  const file = JSON.parse(await readFile(modelFiles(dir).tokenizer, 'utf8')) as {
    model: { unk_token: string; vocab: Record<string, number> };
  };
  const tokenizer = new Tokenizer(file, {});
  const unknownId = file.model.vocab[file.model.unk_token];
  const known = new Map<string, { readonly tokens: number; readonly unknown: number }>();
  const word = (text: string) => {
    const before = known.get(text);
    if (before) return before;
    const { ids } = tokenizer.encode(text, { add_special_tokens: false });
    const counted = { tokens: ids.length, unknown: ids.filter((id) => id === unknownId).length };
    if (known.size < mostRemembered) known.set(text, counted);
    return counted;
  };
  const total = (text: string, part: 'tokens' | 'unknown') =>
    (text.match(/\S+/g) ?? []).reduce((sum, one) => sum + word(one)[part], 0);
  return { count: (text) => total(text, 'tokens'), unknown: (text) => total(text, 'unknown') };
}
