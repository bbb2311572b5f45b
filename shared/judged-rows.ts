import { ident, join, type Sql, sql } from './sql.ts';

/** Which rows a rule can say something about, as a condition on one row, and why there is none, in words. */
export interface JudgedRows {
  readonly when: Sql;
  /** Null in just those rows that are not judged, where there is such a value: that is counted once for all rules on it. */
  readonly value?: Sql;
  /** True in rows that are judged and keep the rule: where all do, one look at each is enough. */
  readonly kept?: Sql;
  readonly without: string;
}

/** Rows with a value in each of these columns; a rule passes the others over. */
export const filledRows = (columns: readonly string[]): JudgedRows => ({
  when: join(
    columns.map((name) => sql`${ident(name)} is not null`),
    sql` and `,
  ),
  ...(columns.length === 1 ? { value: ident(columns[0] ?? '') } : {}),
  without: `No row has a value in ${columns.length > 1 ? 'each of ' : ''}${columns.map((name) => `\`${name}\``).join(', ')}, so there was nothing to check.`,
});

/** Rows with a value in any of these columns. */
export const partlyFilledRows = (columns: readonly string[]): JudgedRows => ({
  when: sql`num_nonnulls(${join(columns.map((name) => ident(name)))}) > 0`,
  without: `No row has a value in ${columns.map((name) => `\`${name}\``).join(' or ')}, so there was nothing to check.`,
});
