import { literals, type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';

/** Counts the rows of a select; `values` computes every cell for it, so that what cannot be computed fails. */
export async function countRows(session: Session, select: Sql, what: 'rows' | 'values'): Promise<number> {
  const counted = what === 'rows' ? sql`count(*)` : sql`count(row(result.*))`;
  const { rows } = await session.one<{ rows: number }>(
    literals(sql`select ${counted} as rows from (${select}) as result`),
  );
  return Number(rows);
}
