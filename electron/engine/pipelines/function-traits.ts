import { sql } from '../../../shared/sql.ts';
import { lexSql } from '../../../shared/sql-lexer.ts';
import type { Session } from '../database/database.ts';

/** What a formula may do beyond computing a value of its row. */
export interface FunctionTraits {
  /** Gives another value each time it is asked, as random() does. */
  isVolatile(written: string): boolean;
  /** Makes several rows of one, or one of several. */
  changesRowCount(written: string): boolean;
}

/** Reads from the catalog what functions do, those that people made included. */
export async function readFunctionTraits(session: Session): Promise<FunctionTraits> {
  const rows = await session.query<{ name: string; volatile: boolean; counts: boolean }>(sql`
    select proname as name, bool_or(provolatile = 'v') as volatile, bool_or(proretset or prokind = 'a') as counts
    from pg_proc where provolatile = 'v' or proretset or prokind = 'a' group by proname`);
  const volatile = new Set(rows.filter((row) => row.volatile).map(({ name }) => name));
  const counting = new Set(rows.filter((row) => row.counts).map(({ name }) => name));
  return {
    isVolatile: (written) => calledIn(written).some((name) => volatile.has(name)),
    changesRowCount: (written) => calledIn(written).some((name) => counting.has(name)),
  };
}

function calledIn(written: string): string[] {
  const tokens = lexSql(written).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  return tokens.flatMap(({ kind, start, stop }, at) => {
    const next = tokens[at + 1];
    if (!next || written.charAt(next.start) !== '(') return [];
    const words = written.slice(start, stop);
    if (kind === 'word') return [words.toLowerCase()];
    return kind === 'name' ? [words.slice(1, -1).replaceAll('""', '"')] : [];
  });
}
