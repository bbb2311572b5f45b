import { FileCode2, Workflow } from 'lucide-react';
import { toText } from '../../../../shared/sql.ts';
import { extendPipeline } from '../../../../shared/view/extend-pipeline.ts';
import { viewOf } from '../../../../shared/view/look.ts';
import { stepsOf } from '../../../../shared/view/steps.ts';
import { queryOf, type View } from '../../../../shared/view/view.ts';
import { engine } from '../../../engine.ts';
import { type CommandContext, defineCommand } from '../../../palette/command.ts';
import { openTab, useTabs } from '../../../workspace/tabs.ts';
import { type TableHandle, tableOf } from '../table-handle.ts';

const freeName = (wanted: string, taken: readonly string[]) => {
  let name = wanted;
  for (let number = 2; taken.includes(name); number++) name = `${wanted} ${number}`;
  return name;
};

/** What is seen; columns are named only where a person chose among them. */
function seenView({ look, columns }: TableHandle): View {
  const asTheyAre = look.order.length + look.hidden.length + look.pinned.length === 0;
  return asTheyAre ? { sort: look.sort, filters: look.filters } : viewOf(look, columns);
}

function openAsQuery(table: TableHandle, kind: string): void {
  const text = `${toText(queryOf(table.table, table.columns, seenView(table), kind === 'table'))};\n`;
  const taken = useTabs.getState().tabs.flatMap(({ kind, key }) => (kind === 'query' ? [key] : []));
  const name = freeName(`${table.table} view`, taken);
  openTab({ kind: 'query', key: name, title: name, data: { isNew: true, text } });
}

async function openAsPipeline(table: TableHandle): Promise<void> {
  const taken = (await engine.pipelines.list({})).map(({ name }) => name);
  const name = freeName(`${table.table} view`, taken);
  const steps = stepsOf(table.table, table.columns, seenView(table));
  await engine.pipelines.save({ pipeline: { version: 1, name, steps: [...steps] } });
  openTab({ kind: 'pipeline', key: name, title: name });
}

/** Adds what is seen to a pipeline that is there already. */
export async function addToPipeline(table: TableHandle, name: string): Promise<void> {
  const steps = stepsOf(table.table, table.columns, seenView(table));
  const { pipeline } = extendPipeline(await engine.pipelines.read({ name }), table.table, steps);
  await engine.pipelines.save({ pipeline });
  openTab({ kind: 'pipeline', key: name, title: name });
}

const withTable = (
  act: (table: TableHandle, kind: string) => void | Promise<void>,
  kinds: readonly string[],
) => ({
  enabled: ({ tab }: CommandContext) => tableOf(tab?.id) !== undefined && kinds.includes(tab?.kind ?? ''),
  run: async ({ tab }: CommandContext) => {
    const table = tableOf(tab?.id);
    if (table && tab) await act(table, tab.kind);
  },
});

/** What is seen of a table, as something that can be kept and run again. */
export default () => [
  defineCommand({
    id: 'tables.viewAsQuery',
    title: 'Open what is seen as SQL',
    group: 'Tables',
    icon: FileCode2,
    ...withTable(openAsQuery, ['table', 'view']),
  }),
  defineCommand({
    id: 'tables.viewAsPipeline',
    title: 'Make pipeline steps of what is seen',
    group: 'Tables',
    icon: Workflow,
    ...withTable(openAsPipeline, ['table']),
  }),
];
