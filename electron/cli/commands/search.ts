import type { SearchHit, SearchResult } from '../../../shared/contract/search.ts';
import { defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';
import { type SearchOptions, searchRequest } from '../search-options.ts';

const contentWidth = 90;

function textOf({ results, collection, mode, notes }: SearchResult): string {
  const told = notes.map((note) => `${note}\n`).join('');
  if (results.length === 0) return `${told}Nothing in ${collection} matches.\n`;
  const parts = mode === 'hybrid' ? ['meaning', 'words'] : [];
  return (
    told +
    textTable(
      ['score', ...parts, 'id', 'content'],
      results.map((hit) => [
        hit.score.toFixed(4),
        ...(mode === 'hybrid' ? [partOf(hit, 'meaning'), partOf(hit, 'words')] : []),
        hit.documentId,
        oneLine(hit.content),
      ]),
    )
  );
}

/** The place in the list of a part and the score there. */
function partOf({ places, scores }: SearchHit, part: 'meaning' | 'words'): string {
  const [place, score] = [places[part], scores[part]];
  return place === null || score === null ? '–' : `${place}. ${score.toFixed(3)}`;
}

function oneLine(content: string): string {
  const line = content.replace(/\s+/g, ' ');
  return line.length > contentWidth ? `${line.slice(0, contentWidth - 1)}…` : line;
}

/** A piece of a prompt with its source. */
function contextOf(collection: string, { row, part, content, metadata }: SearchHit, at: number): string {
  const known = Object.entries(metadata).filter(([, value]) => value !== null);
  const beside = known.map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const source = [`${collection}, row ${row}${part > 0 ? `, part ${part + 1}` : ''}`, ...beside].join(' · ');
  return `[${at + 1}] ${source}\n${content}`;
}

export default defineCommand<SearchOptions>({
  usage: 'search [text]',
  summary: 'finds the rows whose text is near in meaning, has the words, or both',
  json: `{ collection, mode, wordsBy, notes, results: [{ documentId, row, part, score, scores: { meaning, words },
    places: { meaning, words }, marks, content, metadata, context }] }
  score: cosine similarity (vector), BM25 (text), or the weighted sum of 1 / (60 + place) over both (hybrid). row: the row's
  _row. marks: where words of the question stand in content. context: the text with its source, ready for a prompt.`,
  order: 71,
  configure: (command) =>
    command
      .option('--collection <name>', 'where to search; default: the only collection')
      .option('--mode <mode>', 'vector (by meaning, the default), text (by words) or hybrid (both)')
      .option('--where <sql>', "only documents for which this holds: metadata->>'priority' = 'high'")
      .option('--like <ids>', 'documents to be like, by id, beside the text or instead of it')
      .option('--unlike <ids>', 'documents not to be like')
      .option('--weights <m:w>', 'how much meaning and words count in a hybrid search; default 1:1')
      .option('--diversity <n>', 'towards 1, results unlike one another; default 0')
      .option('--group <key>', 'only the best of each value of this metadata key, or of each row: _row')
      .option('--least <score>', 'the least score to be found')
      .option('--limit <n>', 'how many results; default 20')
      .addHelpText('after', '\nIn modes text and hybrid the text may have "a phrase", begin* and -not.\n'),
  async run({ args, options, engine }) {
    const request = searchRequest(args[0] ?? '', options);
    const { search } = await engine();
    const found = await search.find(request);
    const { ms: _, ...json } = found;
    const results = found.results.map((hit, at) => ({
      ...hit,
      context: contextOf(found.collection, hit, at),
    }));
    return { json: { ...json, results }, text: textOf(found) };
  },
});
