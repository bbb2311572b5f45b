import { askEndpoint } from './ask-endpoint.ts';
import { type Embedder, embedSorted } from './embedder.ts';
import type { EndpointGate } from './endpoint-gate.ts';
import type { EndpointModel } from './endpoint-manifest.ts';
import type { TokenCount } from './token-count.ts';

/** Batches that are asked for at one time. */
const lanes = 2;

/** Bytes of a token, so that few texts have more tokens than are counted. */
const tokenBytes = 3;

const bytesOf = (text: string) => Buffer.byteLength(text);

/** The tokens of a model whose vocabulary is not here, by length. */
const estimated: TokenCount = {
  count: (text) =>
    (text.match(/\S+/g) ?? []).reduce((sum, one) => sum + Math.ceil(bytesOf(one) / tokenBytes), 0),
  unknown: () => 0,
};

/** An embedder that sends texts to an address, once a person agreed. */
export function endpointEmbedder(model: EndpointModel, gate: EndpointGate): Embedder {
  const { endpoint, description, prefixes, language } = model;
  return {
    describe: async () => description,
    language: async () => language,
    endpoint: async () => endpoint,
    savedAtOnce: lanes * endpoint.batch,
    check: async () => void (await gate.open(endpoint)),
    tokens: async () => estimated,
    async embed(texts, options = {}) {
      if (texts.length === 0) return [];
      const { key } = await gate.open(endpoint);
      const failed = new AbortController();
      const signal = AbortSignal.any([failed.signal, ...(options.signal ? [options.signal] : [])]);
      const ask = (batch: readonly string[]) => askEndpoint(model, batch, { key, signal });
      const prefix = prefixes[options.as ?? 'document'];
      const sent = texts.map((text) => cutTo(description.maxTokens * tokenBytes, prefix + text));
      try {
        return await embedSorted({ most: lanes, batch: endpoint.batch, embed: ask }, sent, {
          ...options,
          signal,
        });
      } finally {
        // What the other lane is at is not wanted any more.
        failed.abort();
      }
    },
    close: async () => {},
  };
}

/** What a model reads of a text: servers refuse longer ones. */
function cutTo(bytes: number, text: string): string {
  if (text.length * 3 <= bytes || bytesOf(text) <= bytes) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
}
