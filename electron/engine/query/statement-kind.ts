import { lexSql, type SqlToken } from '../../../shared/sql-lexer.ts';

const reading = ['select', 'values', 'table', 'with', 'explain', 'show'];
const writing = ['insert', 'update', 'delete', 'merge', 'into', 'truncate'];
const controlling = ['begin', 'start', 'commit', 'end', 'rollback', 'abort'];

/** The forms of CONCURRENTLY, by the first tokens with one space between. Anywhere else the word is a name. */
const concurrent = new RegExp(
  [
    '^create (unique )?index concurrently ',
    '^drop index concurrently ',
    '^refresh materialized view concurrently ',
    String.raw`^reindex (\( [^()]*\) )?(index|table|schema|database|system) concurrently( |$)`,
    String.raw`^reindex \( ([^()]*, )?concurrently[^()]*\) `,
  ].join('|'),
);

/** What a statement is to the transaction around it. */
export interface StatementKind {
  /** True for what reads and, by its words, changes nothing. */
  readonly reads: boolean;
  /** True for what begins or ends a transaction; savepoints do not. */
  readonly controls: boolean;
  /** True for COPY. */
  readonly copies: boolean;
  /** True for what PostgreSQL refuses inside a transaction. */
  readonly alone: boolean;
}

/** Looks at a statement's words. */
export function statementKind(text: string): StatementKind {
  const tokens = lexSql(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const textOf = ({ start, stop }: SqlToken) => text.slice(start, stop).toLowerCase();
  const words = tokens.filter(({ kind }) => kind === 'word').map(textOf);
  const first = words[0] ?? '';
  return {
    reads: reading.includes(first) && !words.some((word) => writing.includes(word)),
    controls:
      (controlling.includes(first) && !words.includes('to')) ||
      (first === 'prepare' && words[1] === 'transaction'),
    copies: first === 'copy',
    alone:
      first === 'vacuum' ||
      first === 'checkpoint' ||
      concurrent.test(tokens.slice(0, 16).map(textOf).join(' ')),
  };
}
