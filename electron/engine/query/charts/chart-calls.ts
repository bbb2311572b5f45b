import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Room } from '../../../../shared/contract/index.ts';
import { problem } from '../../../../shared/problem.ts';
import type { Context } from '../../context.ts';
import { canBeFileName } from '../../workspace/file-name.ts';
import { chartColumns, chartData } from './chart-data.ts';
import { ChartFiles } from './chart-files.ts';

type Calls = Pick<
  Room<'query'>,
  'charts' | 'saveChart' | 'renameChart' | 'removeChart' | 'chartColumns' | 'chartData' | 'exportChart'
>;

/** Charts as files, and their marks. */
export function chartCalls({ workspace, database, emit }: Context): Calls {
  const files = new ChartFiles(workspace.path('charts'));
  const changed = () => {
    emit({ event: 'changed', room: 'query' });
    return null;
  };
  workspace.onFolderChange('charts', changed);
  return {
    charts: () => files.list(),
    saveChart: async ({ chart }) => files.save(chart).then(changed),
    renameChart: async ({ name, to }) => files.rename(name, to).then(changed),
    removeChart: async ({ name }) => files.remove(name).then(changed),
    chartColumns: ({ source }) =>
      database.use({ title: 'Reading columns' }, (session) => chartColumns(session, source)),
    chartData: ({ chart }, { signal }) => chartData(database, chart, signal),
    async exportChart({ folder, name, format, content }) {
      if (!canBeFileName(name)) throw problem('bad_input', `"${name}" cannot be a file's name.`);
      const file = join(folder, `${name}.${format}`);
      await writeFile(file, content, { flag: 'wx' }).catch((thrown: NodeJS.ErrnoException) => {
        if (thrown.code !== 'EEXIST') throw thrown;
        throw problem('bad_input', `There is a file ${name}.${format} in that folder already.`, {
          hint: 'Choose another folder, or rename the chart.',
          at: { file },
        });
      });
      return { file };
    },
  };
}
