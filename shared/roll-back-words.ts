import type { RolledBack } from './contract/promote.ts';
import { count, counted } from './number-words.ts';

/** What Roll back makes of a table, in words. */
export function rolledBackInWords({ kind, rows, earlier, aside, since }: RolledBack): string {
  const view = kind === 'view' || kind === 'materialized view';
  const lost = since && !aside ? '; what others changed of its rights, comments or indexes goes with it' : '';
  if (view) return `${earlier === null ? 'goes: it was new' : 'is as it was before'}${lost}`;
  return earlier === null
    ? `goes with its ${counted(rows, 'row')}: it was new`
    : `${counted(rows, 'row')} now, ${count(earlier)} come back`;
}

/** What others wrote to it since, and where that is kept; nothing where nobody did. */
export function setAsideInWords({ aside, since }: RolledBack): string | undefined {
  if (!aside) return undefined;
  if (!aside.sure)
    return `Too large to be sure while others wait: kept as ${aside.place}, and dropped once nobody is found to have written to it.`;
  return `${sinceInWords(since)}: kept as it is now, as ${aside.place}; none of it is in what comes back.`;
}

function sinceInWords(since: RolledBack['since']): string {
  if (!since?.rows) return `Changed on the target since (${since?.columns.join(', ') ?? ''})`;
  const { written, gone } = since.rows;
  const parts = [
    ...(written > 0 ? [`${counted(written, 'row')} written there since`] : []),
    ...(gone > 0 ? [`${counted(gone, 'row')} that went there changed or removed since`] : []),
  ];
  return parts.join(', ');
}
