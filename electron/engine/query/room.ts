import type { EngineEvent, Room } from '../../../shared/contract/index.ts';
import { toProblem } from '../../../shared/problem.ts';
import type { Context } from '../context.ts';
import { renameInFiles } from '../tables/rename-in-files.ts';
import { emitTablesChanged } from '../tables/room.ts';
import { boundText, parametersOf } from './bind-parameters.ts';
import { chartCalls } from './charts/chart-calls.ts';
import { compareResults } from './compare-results.ts';
import { explainQuery } from './explain.ts';
import { languageService } from './language/language-service.ts';
import { misfitValues } from './misfit-values.ts';
import { previewPart } from './preview-part.ts';
import { QueryFiles } from './query-files.ts';
import { QueryHistory } from './query-history.ts';
import { type QueryOutcome, type QueryRequest, runQuery } from './run-query.ts';
import { undoState, undoWrite } from './undo-write.ts';

/**
 * Runs what the analyst wrote, and keeps what is worth keeping as files. `beforeRenaming` notes what is known of tables and
 * columns by their names.
 */
export function queryRoom(
  context: Context,
  listen: (hear: (event: EngineEvent) => void) => void = () => {},
  beforeRenaming: () => Promise<unknown> = async () => {},
): Room<'query'> {
  const { workspace, database, emit } = context;
  const language = languageService({ database });
  listen((event) => {
    if (event.event === 'changed' && event.room === 'tables') language.tablesChanged();
  });
  const files = new QueryFiles(workspace.path('queries'));
  const history = new QueryHistory(workspace.statePath('query-history.jsonl'));
  workspace.onFolderChange('queries', () => emit({ event: 'changed', room: 'query' }));
  const queriesChanged = <T>(result: T): T => {
    emit({ event: 'changed', room: 'query' });
    return result;
  };
  return {
    ...language.calls,
    ...chartCalls(context),
    async run(request, { signal }) {
      if (request.writing !== 'no' && /rename/i.test(request.text)) await beforeRenaming();
      const outcome = await remembered(history, request, () => runQuery(database, request, signal));
      return followed(context, outcome);
    },
    parameters: ({ text }) =>
      database.use({ title: 'Reading parameters' }, (session) => parametersOf(session, text)),
    misfits: ({ text, values }) => misfitValues(database, text, values),
    undoState: () => undoState(database),
    async undo(_arg, { signal }) {
      const undone = await undoWrite(database, signal);
      emitTablesChanged(emit);
      return queriesChanged(undone);
    },
    history: ({ search, limit }) => history.list(search, limit),
    explain: (asked, { signal }) => explainQuery(database, asked, signal),
    compare: async ({ before, now, key, limit }) => compareResults(before, now, key, limit),
    bound: async ({ text, values }) => ({ text: await boundText(database, text, values) }),
    preview: (asked, { signal }) => previewPart(database, asked, signal),
    list: () => files.list(),
    save: async ({ name, text }) => queriesChanged(await files.save(name, text)),
    rename: async ({ name, to }) => queriesChanged(await files.rename(name, to)),
    async remove({ name }) {
      await files.remove(name);
      return queriesChanged(null);
    },
  };
}

/** Has files and the window know what a text did. */
async function followed({ workspace, emit }: Context, { results, changed, renamed }: QueryOutcome) {
  try {
    await renameInFiles(workspace, renamed);
  } finally {
    if (changed) emitTablesChanged(emit);
    if (changed) emit({ event: 'changed', room: 'query' });
  }
  return results;
}

/** Runs a text and remembers how that went. */
async function remembered(
  history: QueryHistory,
  { text }: QueryRequest,
  run: () => Promise<QueryOutcome>,
): Promise<QueryOutcome> {
  const began = performance.now();
  const entry = () => ({ at: new Date().toISOString(), text, ms: performance.now() - began });
  try {
    const outcome = await run();
    const last = outcome.results.findLast(({ bytes }) => bytes) ?? outcome.results.at(-1);
    await history.add({ ...entry(), outcome: 'done', ...(last ? { rows: last.rows } : {}) });
    return outcome;
  } catch (thrown) {
    const { code, message } = toProblem(thrown);
    await history.add({ ...entry(), outcome: code === 'cancelled' ? 'cancelled' : 'failed', message });
    throw thrown;
  }
}
