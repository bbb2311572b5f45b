import { ListChecks } from 'lucide-react';
import type { Finding, TableChecks } from '../../shared/contract/checks.ts';
import { counted } from '../ui/format.ts';
import { useEngine } from '../use-engine.ts';
import type { ExplorerGroup, ExplorerItem } from './group.ts';

function markOf({ problem, table }: TableChecks, findings: readonly Finding[]): ExplorerItem['mark'] {
  if (problem) return { tone: 'bad', text: 'unreadable', says: problem.message };
  const bad = findings.filter(
    (finding) => finding.table === table && finding.verdict !== 'pass' && finding.verdict !== 'not evaluated',
  );
  if (bad.length === 0) return undefined;
  const tone = bad.some(({ verdict }) => verdict !== 'warn') ? 'bad' : 'warn';
  return { tone, text: String(bad.length), says: `${counted(bad.length, 'check')} did not pass` };
}

/** The tables that have checks, with how many did not pass. */
export function useChecksGroup(): ExplorerGroup {
  const { data, problem } = useEngine('checks', 'list', {});
  const latest = useEngine('checks', 'latest', {});
  const items = data?.map((checks) => ({
    kind: 'checks',
    key: checks.table,
    title: checks.table,
    icon: ListChecks,
    aside: counted(checks.rules.length, 'rule'),
    mark: markOf(checks, latest.data ?? []),
  }));
  return { id: 'checks', title: 'Checks', room: 'checks', items, problem, none: 'No checks yet' };
}
