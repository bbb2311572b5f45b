import type { Account } from '../../../../shared/contract/files.ts';
import type { Counts } from './file-table.ts';

/** Where every record went, `misfits` being sound rows that do not fit their columns' types. */
export function accountOf({ physical, good, bad, skippedBy }: Counts, misfits: number): Account {
  const skipped = Object.values(skippedBy).reduce((sum, count) => sum + count, 0);
  return { physical, loaded: good - misfits, rejected: bad + misfits, skipped, skippedBy };
}
