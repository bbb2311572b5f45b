import { isNumeric } from '../../../../shared/column.ts';
import { ident, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { type CheckedTable, checkedTable } from '../checked-table.ts';
import { percent } from '../detect/values-of.ts';
import type { Proposal } from './proposal.ts';

const least = 0.95;
const leastRows = 20;
const mostPairs = 24;

/** A table whose rows belong to rows of another: order items to orders. */
export interface Parenthood {
  readonly child: string;
  readonly reference: string;
  readonly key: string;
}

/** Columns of a table that are the sums of a column of its items. */
export async function itemTotals(
  session: Session,
  parent: CheckedTable,
  { child, reference, key }: Parenthood,
): Promise<Proposal[]> {
  const items = await checkedTable(session, child);
  const numbers = (table: CheckedTable | undefined, without: string) =>
    (table?.columns ?? []).filter(({ name, type }) => isNumeric(type) && name !== '_row' && name !== without);
  const pairs = numbers(parent, key).flatMap((total) =>
    numbers(items, reference).map((amount) => [total.name, amount.name] as const),
  );
  const found: Proposal[] = [];
  for (const [total, amount] of pairs.slice(0, mostPairs)) {
    const { rows, right } = await session.one<{ rows: number; right: number }>(sql`
      select count(*)::float8 as rows,
        count(*) filter (where abs(p.${ident(total)} - i.total)::numeric <= 0.011)::float8 as right
      from (select * from ${ident('public', parent.name)} limit 20000) as p
      join (select ${ident(reference)} as key, sum(${ident(amount)}) as total, count(*) as n from ${ident('public', child)} group by 1) as i
        on i.key = p.${ident(key)} where i.n > 1 and p.${ident(total)} <> 0`);
    const support = rows === 0 ? 0 : right / rows;
    if (rows < leastRows || support < least) continue;
    found.push({
      kind: 'sum_to_total',
      params: { total, key, table: child, reference, amount, tolerance: 0.01 },
      reason: `in ${percent(support)} of the rows, ${total} is the sum of ${amount} in ${child}`,
      support,
      trust: 0.95,
    });
  }
  return found;
}
