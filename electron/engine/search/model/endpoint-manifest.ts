import { join } from 'node:path';
import { z } from 'zod';
import type { ModelDescription } from './model-files.ts';
import { manifestName, mostDimensions, word } from './model-words.ts';

/** Where texts are sent to become vectors. */
export interface Endpoint {
  readonly url: string;
  /** Its scheme, host and port: what a person says yes to. */
  readonly origin: string;
  /** What the model is called there. */
  readonly model: string;
  /** The environment variable that holds the key; null where it takes none. */
  readonly keyName: string | null;
  readonly batch: number;
  readonly timeoutSeconds: number;
  /** Whether the server is told how many dimensions are wanted. */
  readonly sendDimensions: boolean;
}

/** A model that is not here but at an address. */
export interface EndpointModel {
  readonly description: ModelDescription;
  readonly endpoint: Endpoint;
  readonly normalise: boolean;
  readonly prefixes: { readonly query: string; readonly document: string };
  readonly language?: string;
  readonly hint: string;
}

const here = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

const url = z.url({ protocol: /^https?$/ }).superRefine((written, context) => {
  const { protocol, hostname, username, password } = new URL(written);
  if (username !== '' || password !== '') context.addIssue('no user and no password stand in an address');
  if (protocol === 'http:' && !here.test(hostname))
    context.addIssue('it has to be https, unless it is this computer');
});

/** What model.yaml says of a model at an address. */
export const endpointManifest = z.strictObject({
  id: word,
  version: z.union([word, z.number()]).transform(String).optional(),
  endpoint: z.strictObject({
    url,
    model: word,
    key: z
      .string()
      .regex(/^[A-Za-z_]\w*$/, 'the name of an environment variable, never the key itself')
      .optional(),
    batch: z.number().int().min(1).max(2048).default(64),
    timeoutSeconds: z.number().min(1).max(600).default(60),
    sendDimensions: z.boolean().default(false),
  }),
  dimensions: z.number().int().min(1).max(mostDimensions),
  maxTokens: z.number().int().min(8).max(1_000_000),
  normalise: z.boolean().default(true),
  queryPrefix: z.string().default(''),
  documentPrefix: z.string().default(''),
  language: word.optional(),
  licence: z.string().default(''),
});

/** The model that a folder's model.yaml describes; another model at the address is another version. */
export function endpointModel(folder: string, from: z.output<typeof endpointManifest>): EndpointModel {
  const { id, version, dimensions, maxTokens, normalise, language, licence } = from;
  const { key, ...endpoint } = from.endpoint;
  return {
    description: {
      id,
      version: [endpoint.model, version].filter(Boolean).join(' '),
      dimensions,
      maxTokens,
      normalised: normalise,
      sha256: '',
      licence,
    },
    endpoint: { ...endpoint, origin: new URL(endpoint.url).origin, keyName: key ?? null },
    normalise,
    prefixes: { query: from.queryPrefix, document: from.documentPrefix },
    hint: `Look at ${join(folder, manifestName)}.`,
    ...(language === undefined ? {} : { language }),
  };
}
