import { contractColumns, renamedColumn, type ShopTable } from './columns.ts';

/** A file to import, and the types to set where a guess could go another way. */
export interface ShopImport {
  readonly file: string;
  readonly table: ShopTable;
  readonly types: Readonly<Record<string, string>>;
}

function typesOf(table: ShopTable): Record<string, string> {
  const types = Object.entries<string>(contractColumns[table]);
  return Object.fromEntries(
    types.map(([name, type]) => [name === renamedColumn.promised ? renamedColumn.found : name, type]),
  );
}

/** Which file makes which table, parents first. */
export const shopImports: readonly ShopImport[] = (Object.keys(contractColumns) as ShopTable[]).map(
  (table) => ({
    file: `data/${table}.csv`,
    table,
    types: typesOf(table),
  }),
);

/** What to embed for searching by meaning. */
export const shopCollection = {
  table: 'support_tickets',
  columns: ['subject', 'body'],
  collection: 'tickets',
  metadata: ['status', 'priority', 'channel', 'created_at'],
} as const;
