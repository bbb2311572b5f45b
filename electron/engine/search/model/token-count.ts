import { readFile } from 'node:fs/promises';
import { Tokenizer } from '@huggingface/tokenizers';

/** Counts a model's tokens. */
export interface TokenCount {
  /** How many tokens a text has. */
  count(text: string): number;
  /** How many of its tokens the model does not know. */
  unknown(text: string): number;
}

/** More words than a language uses; a text of numbers would fill the memory. */
const mostRemembered = 50_000;

/** What tokenizer.json says of its vocabulary: WordPiece and BPE name the unknown token, Unigram numbers it. */
interface TokenizerFile {
  readonly model: {
    readonly unk_token?: string | null;
    readonly unk_id?: number | null;
    readonly vocab: Readonly<Record<string, number>> | readonly (readonly [string, number])[];
  };
}

/** Reads a model's tokenizer for counting: a word's tokens do not depend on the words beside it. */
export async function readTokenCount(tokenizerFile: string): Promise<TokenCount> {
  const file = JSON.parse(await readFile(tokenizerFile, 'utf8')) as TokenizerFile;
  const tokenizer = new Tokenizer(file, {});
  const unknownId = unknownIn(file);
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

function unknownIn({ model: { unk_token: token, unk_id: id, vocab } }: TokenizerFile): number | undefined {
  if (typeof token === 'string' && !Array.isArray(vocab)) {
    return (vocab as Readonly<Record<string, number>>)[token];
  }
  return id ?? undefined;
}
