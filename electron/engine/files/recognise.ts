import { formatEndings } from '../../../shared/file-endings.ts';
import { problem } from '../../../shared/problem.ts';
import { readHead } from './source/read-head.ts';
import type { Source } from './source/source.ts';
import type { Format } from './table/define-format.ts';

const found = import.meta.glob<{ readonly default: Format }>('./formats/*.ts', { eager: true });

/** Every format by its kind, the file's name. */
export const formats: ReadonlyMap<string, Format> = new Map(
  Object.entries(found).map(([path, module]) => [path.replace(/^.*\/|\.ts$/g, ''), module.default]),
);

const headBytes = 64 << 10;

/** The kind of a file's format: the one asked for, or the one its content speaks for most, then its name. */
export async function formatOf(source: Source, asked?: string): Promise<string> {
  if (asked !== undefined) return knownKind(asked);
  const head = await readHead(source.path, headBytes);
  const extension = extensionOf(source.name);
  const scores = [...formats].map(([kind, format]) => {
    const named = endingsOf(kind).includes(extension) ? 0.05 : 0;
    return { kind, score: format.recognises(head) + named };
  });
  const best = scores.reduce((top, next) => (next.score > top.score ? next : top));
  return best.kind;
}

const endingsOf = (kind: string): readonly string[] =>
  formatEndings[kind as keyof typeof formatEndings] ?? [];

function knownKind(kind: string): string {
  if (formats.has(kind)) return kind;
  throw problem('not_found', `There is no format "${kind}".`, {
    hint: `Known formats: ${[...formats.keys()].join(', ')}.`,
  });
}

/** The ending of a name in small letters, without the dot. */
const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
