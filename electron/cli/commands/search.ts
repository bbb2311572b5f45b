import { type SearchResult, searchMode } from '../../../shared/contract/search.ts';
import { problem } from '../../../shared/problem.ts';
import { defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';

interface Options {
  readonly collection?: string;
  readonly mode?: string;
  readonly where?: string;
  readonly limit?: string;
}

const contentWidth = 90;

function modeOf(written: string | undefined): SearchResult['mode'] | undefined {
  if (written === undefined) return undefined;
  const { data } = searchMode.safeParse(written);
  if (data) return data;
  throw problem('bad_input', `There is no mode "${written}".`, {
    hint: `Modes: ${searchMode.options.join(', ')}.`,
  });
}

function limitOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const limit = Number(written);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit;
  throw problem('bad_input', `--limit is "${written}".`, { hint: 'Give a whole number from 1 to 1000.' });
}

function textOf({ results, collection }: SearchResult): string {
  if (results.length === 0) return `Nothing in ${collection} matches.\n`;
  return textTable(
    ['score', 'row', 'content'],
    results.map(({ score, row, content }) => [score.toFixed(4), String(row), oneLine(content)]),
  );
}

function oneLine(content: string): string {
  const line = content.replace(/\s+/g, ' ');
  return line.length > contentWidth ? `${line.slice(0, contentWidth - 1)}…` : line;
}

export default defineCommand<Options>({
  usage: 'search <text>',
  summary: 'finds the rows whose text is near in meaning, has the words, or both',
  json: `{ collection, mode, results: [{ documentId, row, score, content, metadata }] }
  score: cosine similarity (vector), text rank (text), or the sum of 1 / (60 + place) over both (hybrid). row: the row's _row.`,
  order: 71,
  configure: (command) =>
    command
      .option('--collection <name>', 'where to search; default: the only collection')
      .option('--mode <mode>', 'vector (by meaning, the default), text (by words) or hybrid (both)')
      .option('--where <sql>', "only documents for which this holds: metadata->>'priority' = 'high'")
      .option('--limit <n>', 'how many results; default 20'),
  async run({ args, options, engine }) {
    const [mode, limit] = [modeOf(options.mode), limitOf(options.limit)];
    if (!args[0]?.trim()) {
      throw problem('bad_input', 'There is nothing to search for.', {
        hint: "Give a text, for example: assay search 'my parcel arrived broken'",
      });
    }
    const { search } = await engine();
    const found = await search.find({
      text: args[0] ?? '',
      ...(options.collection === undefined ? {} : { collection: options.collection }),
      ...(options.where === undefined ? {} : { where: options.where }),
      ...(mode === undefined ? {} : { mode }),
      ...(limit === undefined ? {} : { limit }),
    });
    const { ms: _, ...json } = found;
    return { json, text: textOf(found) };
  },
});
