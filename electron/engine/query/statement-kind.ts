import { lexSql } from '../../../shared/sql-lexer.ts';

const reading = ['select', 'values', 'table', 'with', 'explain', 'show'];
const writing = ['insert', 'update', 'delete', 'merge', 'into', 'truncate'];
const controlling = ['begin', 'start', 'commit', 'end', 'rollback', 'abort'];

/** What a statement is to the transaction around it. */
export interface StatementKind {
  /** True for what reads and, by its words, changes nothing. */
  readonly reads: boolean;
  /** True for what begins or ends a transaction; savepoints do not. */
  readonly controls: boolean;
  /** True for what PostgreSQL refuses inside a transaction. */
  readonly alone: boolean;
}

/** Looks at a statement's words. */
export function statementKind(text: string): StatementKind {
  const words = lexSql(text)
    .filter(({ kind }) => kind === 'word')
    .map(({ start, stop }) => text.slice(start, stop).toLowerCase());
  const first = words[0] ?? '';
  return {
    reads: reading.includes(first) && !words.some((word) => writing.includes(word)),
    controls:
      (controlling.includes(first) && !words.includes('to')) ||
      (first === 'prepare' && words[1] === 'transaction'),
    alone: first === 'vacuum' || first === 'checkpoint' || words.includes('concurrently'),
  };
}
