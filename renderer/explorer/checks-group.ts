import { ListChecks } from 'lucide-react';
import type { Finding, TableChecks } from '../../shared/contract/checks.ts';
import { counted } from '../../shared/number-words.ts';
import { useEngine } from '../use-engine.ts';
import type { ExplorerGroup, ExplorerItem } from './group.ts';
import { verdictMarks } from './verdict-marks.ts';

const marksOf = ({ problem, table }: TableChecks, findings: readonly Finding[]): ExplorerItem['marks'] =>
  problem ? [{ tone: 'bad', text: 'unreadable', says: problem.message }] : verdictMarks(findings, table);

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
    marks: marksOf(checks, latest.data ?? []),
  }));
  return { id: 'checks', title: 'Checks', room: 'checks', items, problem, none: 'No checks yet' };
}
