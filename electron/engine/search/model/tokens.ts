import { Tokenizer } from '@huggingface/tokenizers';

/** Longer words than this are one unknown token to WordPiece, so no word makes more tokens. */
const longestWord = 100;

const firstSlice = 4096;

/** A text as a model's token numbers. */
export type Tokens = readonly number[];

/** Turns a text into the model's token numbers, at most `maxTokens`, the closing one always kept. */
export type Encode = (text: string) => Tokens;

/** Reads tokenizer.json; the package ignores its truncation setting, so texts are cut here. */
export function encoder(tokenizerJson: string, maxTokens: number): Encode {
  const tokenizer = new Tokenizer(JSON.parse(tokenizerJson) as object, {});
  return (text) => {
    const tokens = enoughTokens(tokenizer, text, maxTokens);
    const closing = tokens.at(-1);
    return tokens.length <= maxTokens || closing === undefined
      ? tokens
      : [...tokens.slice(0, maxTokens - 1), closing];
  };
}

/** Reads only as much of a long text as decides its first tokens: a slice ends inside a word at worst. */
function enoughTokens(tokenizer: Tokenizer, text: string, maxTokens: number): number[] {
  for (let length = firstSlice; length < text.length; length *= 4) {
    const { ids } = tokenizer.encode(text.slice(0, length));
    if (ids.length > maxTokens + longestWord) return ids;
  }
  return tokenizer.encode(text).ids;
}
