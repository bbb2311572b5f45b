import { openTab } from '../../../workspace/tabs.ts';

/** Opens a table's checks, at one of them where it is named. */
export const openChecks = (table: string, check?: string) =>
  openTab({ kind: 'checks', key: table, title: table, ...(check ? { data: { check } } : {}) });

/** Opens the matrix of all tables. */
export const openOverview = () => openTab({ kind: 'all-checks', key: 'all', title: 'Checks' });

/** Opens how the workspace and its tables stand to their targets. */
export const openScores = () => openTab({ kind: 'scores', key: 'all', title: 'Score cards' });

/** The key of the tab with the suggestions for all tables. */
export const allTables = ' all';

/** Opens the rules that the data suggests, of one table or of all. */
export const openSuggestions = (table = allTables) =>
  openTab({
    kind: 'suggestions',
    key: table,
    title: table === allTables ? 'Suggestions' : `${table} suggestions`,
  });

/** Opens the fixes that are proposed for a table, or for what one of its rules found. */
export const openRepairs = (table: string, finding?: { readonly id: number; readonly check: string }) =>
  openTab({
    kind: 'repairs',
    key: finding ? `${table} ${finding.check}` : table,
    title: finding ? `${finding.check} fixes` : `${table} fixes`,
    data: finding ? { table, finding: finding.id } : { table },
  });
