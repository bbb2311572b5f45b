import { ScanEye, Sheet, Table2, Workflow } from 'lucide-react';
import type { Finding } from '../../shared/contract/checks.ts';
import type { KnownView, Table } from '../../shared/contract/tables.ts';
import { count, counted } from '../../shared/number-words.ts';
import { useEngine } from '../use-engine.ts';
import type { ExplorerGroup, ExplorerItem, Mark } from './group.ts';
import { verdictMarks } from './verdict-marks.ts';

const icons = { import: Table2, pipeline: Workflow, query: Sheet };

function marksOf({ name, rejected }: Table, findings: readonly Finding[]): readonly Mark[] {
  const found = verdictMarks(findings, name);
  if (found.length > 0 || rejected === 0) return found;
  return [{ tone: 'plain', text: `−${count(rejected)}`, says: `${counted(rejected, 'row')} rejected` }];
}

const itemOf = (table: Table, findings: readonly Finding[]): ExplorerItem => ({
  kind: 'table',
  key: table.name,
  title: table.name,
  icon: icons[table.origin],
  aside: count(table.rows),
  marks: marksOf(table, findings),
});

const viewItem = ({ name }: KnownView): ExplorerItem => ({
  kind: 'view',
  key: name,
  title: name,
  icon: ScanEye,
  aside: 'view',
});

/** The workspace's tables, with their rows and what needs a look, and after them the views that were made. */
export function useTablesGroup(): ExplorerGroup {
  const { data, problem } = useEngine('tables', 'list', {}, { also: ['checks', 'import'] });
  const views = useEngine('tables', 'views', {});
  const latest = useEngine('checks', 'latest', {});
  const items = data && [
    ...data.map((table) => itemOf(table, latest.data ?? [])),
    ...(views.data ?? []).map(viewItem),
  ];
  return { id: 'tables', title: 'Tables', room: 'tables', items, problem, none: 'No tables yet' };
}
