import type { Engine } from '../../../shared/contract/index.ts';
import type { SearchHit, SearchResult } from '../../../shared/contract/search.ts';
import { ProblemError, problem } from '../../../shared/problem.ts';
import { stalenessWords } from '../../../shared/staleness-words.ts';
import type { CallOptions } from '../../../shared/wire.ts';
import { defineCommand } from '../define-command.ts';
import { oneLine, textTable } from '../output.ts';
import { fusionOf, limitOf, type SearchOptions, searchRequest, weightsOf } from '../search-options.ts';
import { comparisonText, evaluationText, readTestSet } from '../test-set.ts';

function textOf({ results, collection, mode, notes }: SearchResult, differences: readonly string[]): string {
  const told = [...notes, ...differences].map((note) => `${note}\n`).join('');
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

/** A piece of a prompt with its source. */
function contextOf(collection: string, { row, part, content, metadata }: SearchHit, at: number): string {
  const known = Object.entries(metadata).filter(([, value]) => value !== null);
  const beside = known.map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const source = [`${collection}, row ${row}${part > 0 ? `, part ${part + 1}` : ''}`, ...beside].join(' · ');
  return `[${at + 1}] ${source}\n${content}`;
}

/** The modes held against a test set. */
async function evaluated(options: SearchOptions, { search }: Engine, long: CallOptions) {
  const { collection, key, queries } = options;
  if (typeof options.eval === 'string' && queries === undefined) {
    throw problem('bad_input', 'Judgements need their questions.', { hint: 'Give them: --queries FILE.' });
  }
  const { questions, ...set } =
    typeof options.eval === 'string' ? await readTestSet(options.eval, queries ?? '') : keptSet;
  const weights = weightsOf(options.weights);
  const fusion = fusionOf(options.fusion);
  const asked = {
    ...(key === undefined ? {} : { key }),
    ...(questions === undefined ? {} : { questions }),
    ...(weights === undefined ? {} : { weights }),
    ...(fusion === undefined ? {} : { fusion }),
  };
  if (options.against !== undefined) {
    if (collection === undefined) {
      throw problem('bad_input', '--against compares two collections.', {
        hint: 'Name the other: --collection NAME.',
      });
    }
    const compared = { ...asked, collection, against: options.against };
    const comparison = await search.compareCollections(compared, long);
    return { json: { ...comparison, ...set }, text: comparisonText(comparison, set) };
  }
  const evaluation = await search.evaluate(
    { ...asked, ...(collection === undefined ? {} : { collection }) },
    long,
  );
  return { json: { ...evaluation, ...set }, text: evaluationText(evaluation, set) };
}

/** Of the judgements that the workspace keeps there is no question that nobody judged. */
const keptSet = { questions: undefined, unjudged: 0, withoutRelevant: 0 };

/** A kept search, or what is written here. */
async function requested(text: string, options: SearchOptions, { savedSearches }: Engine['search']) {
  const { saved: name, limit, ...others } = options;
  if (name === undefined) return searchRequest(text, options);
  refuseBeside(text, others);
  const found = (await savedSearches({})).find((one) => one.name === name);
  if (found?.search) {
    const { version: _, ...request } = found.search;
    return { ...request, ...limitOf(limit) };
  }
  if (found?.problem) throw new ProblemError(found.problem);
  throw problem('not_found', `There is no saved search "${name}".`, {
    hint: 'They are the files of searches/; --save NAME keeps one.',
  });
}

/** A kept search is asked as it is kept: what is written beside it would be passed over without a word. */
function refuseBeside(text: string, others: object) {
  const beside = Object.keys(others).filter((name) => name in asking);
  if (text.trim() === '' && beside.length === 0) return;
  throw problem('bad_input', 'A saved search is asked as it is: only --limit can stand beside --saved.', {
    hint: 'Leave the rest out, or write the search anew and keep it with --save.',
  });
}

/** The options that say what is asked. */
const asking: Readonly<
  Record<
    Exclude<
      keyof SearchOptions,
      'saved' | 'limit' | 'allowEndpoint' | 'queries' | 'key' | 'against' | 'eval'
    >,
    true
  >
> = {
  collection: true,
  mode: true,
  where: true,
  like: true,
  unlike: true,
  weights: true,
  fusion: true,
  group: true,
  diversity: true,
  least: true,
  save: true,
};

export default defineCommand<SearchOptions>({
  usage: 'search [text]',
  summary: 'finds the rows whose text is near in meaning, has the words, or both',
  json: `{ collection, mode, passing, meaningBy, wordsBy, notes, stale, gone, outdated, uncounted, results: [{ documentId, row, part, score, scores: { meaning, words },
    places: { meaning, words }, marks, content, metadata, context }] }
  passing: how many documents filters and phrases leave; all without any, null where they are too many to be counted.
  stale: rows that are new or changed since they were embedded; gone: rows that are not there any more and can still be
  found; outdated: rows that filters know by what was. uncounted: why that could not be told, else null. score: cosine similarity (vector), BM25 (text), or the weighted sum of 1 / (60 + place) over both (hybrid;
  with --fusion scores the weighted mean of both, each from 0 to 1). row: the row's
  _row. With --eval: { collection, questions, unjudged, withoutRelevant, nearest, modes: [{ mode, ndcg, recall, p50 }] }; with
  --against: { collections, questions, unjudged, withoutRelevant, nearest, modes: [{ mode, ndcg: [a, b], recall: [a, b], better, worse, equal, answers }] }. marks: where words of the question stand in content. context: the text with its source, ready for a prompt.`,
  order: 71,
  configure: (command) =>
    command
      .option('--collection <name>', 'where to search; default: the only collection')
      .option('--mode <mode>', 'vector (by meaning, the default), text (by words) or hybrid (both)')
      .option('--where <sql>', "only documents for which this holds: metadata->>'priority' = 'high'")
      .option('--like <ids>', 'documents to be like, by id, beside the text or instead of it')
      .option('--unlike <ids>', 'documents not to be like')
      .option('--weights <m:w>', 'how much meaning and words count in a hybrid search; default 1:1')
      .option('--fusion <by>', 'how a hybrid search fuses: ranks (reciprocal, the default) or scores')
      .option('--diversity <n>', 'towards 1, results unlike one another; default 0')
      .option('--group <key>', 'only the best of each value of this metadata key, or of each row: _row')
      .option('--least <score>', 'the least score to be found')
      .option('--limit <n>', 'how many results; default 20')
      .option('--save <name>', 'keep the search as searches/NAME.yaml')
      .option('--saved <name>', 'ask a search that was kept')
      .option(
        '--allow-endpoint <address>',
        'agrees that the question goes there, where the model is at an address; kept for this workspace',
      )
      .option(
        '--eval [qrels]',
        'measure every mode by TREC-style judgements, or by those kept in the workspace',
      )
      .option('--queries <file>', 'the questions of --eval: id, tab, text')
      .option('--against <name>', 'with --eval and --collection: another collection, side by side')
      .option('--key <key>', 'the metadata key that the judgements name documents by; default: the id')
      .addHelpText('after', '\nIn modes text and hybrid the text may have "a phrase", begin* and -not.\n'),
  async run({ args, options, engine, long }) {
    if (options.eval !== undefined) return evaluated(options, await engine(), long);
    const { search } = await engine();
    const request = await requested(args[0] ?? '', options, search);
    const { allowEndpoint } = options;
    const found = await search.find({
      ...request,
      ...(allowEndpoint === undefined ? {} : { allowEndpoint }),
    });
    const { table, ...differing } = await search.staleness({ collection: found.collection });
    if (options.save !== undefined) {
      const { limit: _, ...asked } = request;
      const kept = { ...asked, version: 1 as const, collection: found.collection };
      await search.saveSearch({ name: options.save, search: kept });
    }
    const { ms: _, ...json } = found;
    const results = found.results.map((hit, at) => ({
      ...hit,
      context: contextOf(found.collection, hit, at),
    }));
    return {
      json: { ...json, ...differing, results },
      text: textOf(found, stalenessWords({ table, ...differing })),
    };
  },
});
