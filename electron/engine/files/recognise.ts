import { problem } from '../../../shared/problem.ts';
import type { Format } from './define-format.ts';
import { readHead } from './encoding.ts';
import type { Source } from './source.ts';

const found = import.meta.glob<{ readonly default: Format }>('./formats/*.ts', { eager: true });

/** Every format by its kind, the file's name. */
export const formats: ReadonlyMap<string, Format> = new Map(
  Object.entries(found).map(([path, module]) => [path.replace(/^.*\/|\.ts$/g, ''), module.default]),
);

const headBytes = 64 << 10;

/** The format of a file: the one asked for, or the one its content speaks for most, then its name. */
export async function formatOf(source: Source, asked?: string): Promise<Format> {
  if (asked !== undefined) return knownFormat(asked);
  const head = await readHead(source.path, headBytes);
  const extension = extensionOf(source.name);
  const scores = [...formats.values()].map((format) => {
    const named = format.extensions.includes(extension) ? 0.05 : 0;
    return { format, score: format.recognises(head) + named };
  });
  const best = scores.reduce((top, next) => (next.score > top.score ? next : top));
  return best.format;
}

function knownFormat(kind: string): Format {
  const format = formats.get(kind);
  if (format) return format;
  throw problem('not_found', `There is no format "${kind}".`, {
    hint: `Known formats: ${[...formats.keys()].join(', ')}.`,
  });
}

/** The ending of a name in small letters, without the dot. */
const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
