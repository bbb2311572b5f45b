import type { EngineEvent, Room } from '../../../shared/contract/index.ts';
import type { Context } from '../context.ts';
import { emitTablesChanged } from '../tables/room.ts';
import { languageService } from './language/language-service.ts';
import { QueryFiles } from './query-files.ts';
import { runQuery } from './run-query.ts';

/** Runs what the analyst wrote, and keeps what is worth keeping as files. */
export function queryRoom(
  { workspace, database, emit }: Context,
  listen: (hear: (event: EngineEvent) => void) => void = () => {},
): Room<'query'> {
  const language = languageService({ database });
  listen((event) => {
    if (event.event === 'changed' && event.room === 'tables') language.tablesChanged();
  });
  const files = new QueryFiles(workspace.path('queries'));
  workspace.onFolderChange('queries', () => emit({ event: 'changed', room: 'query' }));
  const filesChanged = <T>(result: T): T => {
    emit({ event: 'changed', room: 'query' });
    return result;
  };
  return {
    ...language.calls,
    async run({ text, limit }, { signal }) {
      const { results, changed } = await runQuery(database, text, limit, signal);
      if (changed) emitTablesChanged(emit);
      return results;
    },
    list: () => files.list(),
    save: async ({ name, text }) => filesChanged(await files.save(name, text)),
    rename: async ({ name, to }) => filesChanged(await files.rename(name, to)),
    async remove({ name }) {
      await files.remove(name);
      return filesChanged(null);
    },
  };
}
