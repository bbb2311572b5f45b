import { openTab } from '../../workspace/tabs.ts';

/** Opens a table's checks, at one of them where it is named. */
export const openChecks = (table: string, check?: string) =>
  openTab({ kind: 'checks', key: table, title: table, ...(check ? { data: { check } } : {}) });

/** Opens the matrix of all tables. */
export const openOverview = () => openTab({ kind: 'all-checks', key: 'all', title: 'Checks' });
