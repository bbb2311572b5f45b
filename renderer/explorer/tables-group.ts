import { Sheet, Table2, Workflow } from 'lucide-react';
import type { Table } from '../../shared/contract/tables.ts';
import { count, counted } from '../ui/format.ts';
import { useEngine } from '../use-engine.ts';
import type { ExplorerGroup, ExplorerItem } from './group.ts';

const icons = { import: Table2, pipeline: Workflow, query: Sheet };

function markOf({ failing, rejected }: Table): ExplorerItem['mark'] {
  if (failing > 0) {
    return {
      tone: 'warn',
      text: count(failing),
      says: `${counted(failing, 'check')} ${failing === 1 ? 'needs' : 'need'} a look`,
    };
  }
  return rejected > 0
    ? { tone: 'plain', text: `−${count(rejected)}`, says: `${counted(rejected, 'row')} rejected` }
    : undefined;
}

/** The workspace's tables, with their rows and what needs a look. */
export function useTablesGroup(): ExplorerGroup {
  const { data, problem } = useEngine('tables', 'list', {}, { also: ['checks', 'import'] });
  const items = data?.map((table) => ({
    kind: 'table',
    key: table.name,
    title: table.name,
    icon: icons[table.origin],
    aside: count(table.rows),
    mark: markOf(table),
  }));
  return { id: 'tables', title: 'Tables', room: 'tables', items, problem, none: 'No tables yet' };
}
