import type { TableChecks } from '../../../shared/contract/checks.ts';
import type { ColumnLineage } from '../../../shared/contract/pipelines.ts';

type Columns = readonly Pick<TableChecks, 'table' | 'columns'>[];

const isPrivate = (contracts: Columns, table: string, column: string): boolean =>
  contracts.some((one) => one.table === table && one.columns.some((c) => c.private && c.name === column));

/** True where a table's column is private, or has values made of private ones, by whichever way. */
export const madeOfPrivate = (
  contracts: Columns,
  { relation, column, sources }: Pick<ColumnLineage, 'relation' | 'column' | 'sources'>,
): boolean =>
  isPrivate(contracts, relation, column) ||
  sources.some(
    (end) => end.edge === 'value' && end.kind === 'table' && isPrivate(contracts, end.name, end.column),
  );
