import { parseTree } from '../sql/read-relations.ts';
import { readSelect } from './read-select.ts';
import type { Columns, Scope, Tree } from './scope.ts';

/** How each column of a query came about, by PostgreSQL's own parser; nothing where the text cannot be read. */
export function queryLineage(written: string, known: Scope['known']): Columns | undefined {
  const tree = parseTree(written) as { stmts?: { stmt?: { SelectStmt?: Tree } }[] } | undefined;
  const select = tree?.stmts?.[0]?.stmt?.SelectStmt;
  if (!select) return undefined;
  const base: Scope = { relations: [], named: new Map(), outer: undefined, known, select: readSelect };
  return readSelect(select, undefined, base);
}
