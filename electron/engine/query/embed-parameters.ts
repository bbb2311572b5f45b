import { named } from '../../../shared/by-name.ts';
import type { Room } from '../../../shared/contract/index.ts';
import type { Database } from '../database/database.ts';
import { parametersOf, type Values } from './bind-parameters.ts';

/** Texts as vectors for a query that compares them with others. */
export interface EmbedTexts {
  /** A vector as PostgreSQL reads it. */
  readonly embed: (text: string, query: string) => Promise<string>;
  /** What is not known of the vectors that the query compares it with. */
  readonly remarks: (query: string) => Promise<readonly string[]>;
}

/**
 * The query room with texts as values of parameters that PostgreSQL wants a vector for: `order by embedding <=> :q` runs as
 * people write it.
 */
export function embeddingTexts(room: Room<'query'>, database: Database, texts: EmbedTexts): Room<'query'> {
  const bound = async <Asked extends { readonly text: string; readonly values: Values }>(asked: Asked) => ({
    ...asked,
    values: await embedParameters(database, asked, texts.embed),
  });
  return {
    ...room,
    async run(asked, call) {
      const { values, ...now } = await bound(asked);
      const results = await room.run({ ...now, values }, call);
      const embedded = Object.keys(values).some((name) => named(values, name) !== named(asked.values, name));
      const remarks = embedded ? await texts.remarks(asked.text) : [];
      return remarks.length === 0 ? results : results.map((one) => (one.bytes ? { ...one, remarks } : one));
    },
    explain: async (asked, call) => room.explain(await bound(asked), call),
    bound: async (asked, call) => room.bound(await bound(asked), call),
    preview: async (asked, call) => room.preview(await bound(asked), call),
  };
}

async function embedParameters(
  database: Database,
  { text, values }: { readonly text: string; readonly values: Values },
  embed: EmbedTexts['embed'],
): Promise<Record<string, string | null>> {
  const texts = Object.entries(values).flatMap(([name, value]) =>
    value === null || isVector(value) ? [] : [{ name, value }],
  );
  if (texts.length === 0) return values;
  const types = await database.use({ title: 'Reading parameters' }, (session) => parametersOf(session, text));
  const vectors = new Set(types.filter(({ type }) => type === 'vector').map(({ name }) => name));
  const embedded = texts
    .filter(({ name }) => vectors.has(name))
    .map(async ({ name, value }) => [name, await embed(value, text)] as const);
  return { ...values, ...Object.fromEntries(await Promise.all(embedded)) };
}

const isVector = (value: string) => /^\s*\[/.test(value);
