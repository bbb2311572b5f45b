import type { Finding } from '../../shared/contract/checks.ts';
import { count, counted } from '../ui/format.ts';
import type { Mark } from './group.ts';

const signs = [
  { verdict: 'fail', tone: 'bad', did: 'failed' },
  { verdict: 'error', tone: 'bad', did: 'could not run' },
  { verdict: 'warn', tone: 'warn', did: 'warned' },
] as const;

/** What the checks of a table found, each verdict with a sign and a count of its own. */
export function verdictMarks(findings: readonly Finding[], table: string): readonly Mark[] {
  const own = findings.filter((finding) => finding.table === table);
  return signs.flatMap(({ verdict, tone, did }) => {
    const found = own.filter((finding) => finding.verdict === verdict).length;
    if (found === 0) return [];
    const text = verdict === 'error' ? `${count(found)} error` : count(found);
    return [{ tone, text, says: `${counted(found, 'check')} ${did}` }];
  });
}
