import type { Account } from '../../../shared/contract/files.ts';
import type { ImportedTable } from '../../../shared/contract/import.ts';
import { useEngine } from '../../use-engine.ts';

/** The account of an import as it stands by now, with the rejects that were loaded since, and whether it still is what its table has. */
export function useAccountNow(imported: ImportedTable): {
  readonly account: Account;
  /** It was undone, or another one followed. */
  readonly past: boolean;
  /** The table is no more. */
  readonly gone: boolean;
} {
  const { data: latest } = useEngine('import', 'latest', { table: imported.table });
  const current = latest?.hash === imported.hash && latest.ms === imported.ms;
  return {
    account: current ? latest.account : imported.account,
    past: latest !== undefined && !current,
    gone: latest === null,
  };
}
