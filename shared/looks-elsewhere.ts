import { lexSql } from './sql-lexer.ts';

/** True where a condition looks beyond its own row, by a sub-select. */
export const looksElsewhere = (condition: string): boolean =>
  lexSql(condition).some(
    ({ kind, start, stop }) => kind === 'word' && /^select$/i.test(condition.slice(start, stop)),
  );
