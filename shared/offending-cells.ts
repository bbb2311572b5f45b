import { conjuncts } from './conjuncts.ts';
import { mentionedColumns } from './mentioned-columns.ts';
import { expression, join, type Sql, sql } from './sql.ts';

/** Names of columns as SQL, for the cells of a bad row that break the rule. */
export const cellsIn = (columns: readonly string[]): Sql => sql`array[${join([...columns])}]::text[]`;

/**
 * The cells that the first part of a condition which does not hold is about, as an expression on a bad row; nothing where
 * the condition has one part, which all its cells share. Later parts may count on the earlier ones, so they are not asked.
 */
export function cellsOfFirstBroken(
  condition: string,
  columns: readonly string[],
  broken: (part: Sql) => Sql,
): Sql | undefined {
  const parts = conjuncts(condition);
  if (parts.length < 2) return undefined;
  const whens = parts.flatMap((part) => {
    const about = mentionedColumns(part, columns);
    return about.length > 0 ? [sql`when ${broken(expression(part))} then ${cellsIn(about)}`] : [];
  });
  return whens.length > 0 ? sql`case ${join(whens, sql` `)} end` : undefined;
}
