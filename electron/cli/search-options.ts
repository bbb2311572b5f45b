import { fusion, type SearchResult, searchMode } from '../../shared/contract/search.ts';
import { problem } from '../../shared/problem.ts';

/** The options of `assay search` as they are written. */
export interface SearchOptions {
  readonly collection?: string;
  readonly mode?: string;
  readonly where?: string;
  readonly limit?: string;
  readonly like?: string;
  readonly unlike?: string;
  readonly weights?: string;
  readonly fusion?: string;
  readonly diversity?: string;
  readonly group?: string;
  readonly least?: string;
  readonly allowEndpoint?: string;
  readonly save?: string;
  readonly saved?: string;
  readonly eval?: string | true;
  readonly queries?: string;
  readonly key?: string;
  readonly against?: string;
}

function modeOf(written: string | undefined): SearchResult['mode'] | undefined {
  if (written === undefined) return undefined;
  const { data } = searchMode.safeParse(written);
  if (data) return data;
  throw problem('bad_input', `There is no mode "${written}".`, {
    hint: `Modes: ${searchMode.options.join(', ')}.`,
  });
}

interface Bounds {
  readonly whole?: boolean;
  readonly from?: number;
  readonly to?: number;
  readonly hint: string;
}

function numberOf(
  option: string,
  written: string | undefined,
  { whole, from, to, hint }: Bounds,
): number | undefined {
  if (written === undefined) return undefined;
  const value = written.trim() === '' ? Number.NaN : Number(written);
  const fits =
    Number.isFinite(value) &&
    (!whole || Number.isInteger(value)) &&
    value >= (from ?? value) &&
    value <= (to ?? value);
  if (fits) return value;
  throw problem('bad_input', `${option} is "${written}".`, { hint });
}

/** The weights of a hybrid search as they are written: `2:1`. */
export function weightsOf(written: string | undefined) {
  if (written === undefined) return undefined;
  const [meaning, words, ...more] = written.split(':').map((part) => {
    const hint = 'Give two numbers from 0 to 100, meaning before words, for example 2:1.';
    return numberOf('--weights', part, { from: 0, to: 100, hint }) as number;
  });
  if (meaning !== undefined && words !== undefined && more.length === 0) return { meaning, words };
  throw problem('bad_input', `--weights is "${written}".`, {
    hint: 'Give two numbers from 0 to 100, meaning before words, for example 2:1.',
  });
}

/** How the parts of a hybrid search become one list. */
export function fusionOf(written: string | undefined) {
  if (written === undefined) return undefined;
  const { data } = fusion.safeParse(written);
  if (data) return data;
  throw problem('bad_input', `--fusion is "${written}".`, { hint: `It is ${fusion.options.join(' or ')}.` });
}

const idsOf = (written: string | undefined) =>
  (written ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');

/** How many results are wanted; nothing where nothing is said. */
export function limitOf(written: string | undefined): { limit?: number } {
  const hint = 'Give a whole number from 1 to 1000.';
  const limit = numberOf('--limit', written, { whole: true, from: 1, to: 1000, hint });
  return limit === undefined ? {} : { limit };
}

/** What was asked for, as the engine takes it. */
export function searchRequest(text: string, options: SearchOptions) {
  const { collection, where, group } = options;
  const given = {
    collection,
    where,
    group,
    mode: modeOf(options.mode),
    weights: weightsOf(options.weights),
    fusion: fusionOf(options.fusion),
    ...limitOf(options.limit),
    diversity: numberOf('--diversity', options.diversity, {
      from: 0,
      to: 1,
      hint: 'Give a number from 0 to 1.',
    }),
    least: numberOf('--least', options.least, { hint: 'Give a number.' }),
  };
  const like = { plus: idsOf(options.like), minus: idsOf(options.unlike) };
  if (text.trim() === '' && like.plus.length === 0) {
    throw problem('bad_input', 'There is nothing to search for.', {
      hint: "Give a text, for example: assay search 'my parcel arrived broken'; or rows to be like: --like 12,15",
    });
  }
  return { text, like, ...(defined(given) as Defined<typeof given>) };
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

const defined = (given: object) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
