import { problem } from './problem.ts';

/** What stands in SQL text between two places: only as fine as fencing and splitting need. */
export interface SqlToken {
  readonly kind:
    | 'space'
    | 'comment'
    | 'string'
    | 'name'
    | 'word'
    | 'number'
    | 'sign'
    | 'open'
    | 'close'
    | 'end'
    /** A quote or a comment that nothing closes. */
    | 'unclosed';
  readonly start: number;
  readonly stop: number;
}

const rules: readonly [SqlToken['kind'], RegExp][] = [
  ['space', /\s+/y],
  ['comment', /--[^\n]*/y],
  ['string', /[eE]'(?:[^'\\]|\\[\s\S]|'')*'/y],
  ['string', /(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'/y],
  ['string', /(\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$)[\s\S]*?\1/y],
  ['name', /(?:[uU]&)?"(?:[^"]|"")*"/y],
  ['word', /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y],
  ['number', /\d[\w.]*/y],
  ['word', /\$\d+/y],
  ['end', /;/y],
  ['open', /[([]/y],
  ['close', /[)\]]/y],
  ['sign', /[^\s'"$]/y],
];

/**
 * Cuts PostgreSQL text into tokens by the server's lexical rules with standard_conforming_strings on
 * (documentation, "Lexical Structure"). Throws `bad_input` with the position of a quote or comment left open.
 */
export function lexSql(text: string): SqlToken[] {
  const tokens = lexUnfinished(text);
  const open = tokens.find(({ kind }) => kind === 'unclosed');
  if (!open) return tokens;
  const what = text.startsWith('/*', open.start) ? 'comment' : 'quote';
  throw problem('bad_input', `A ${what} is not closed.`, { at: { position: open.start + 1 } });
}

/** The same of text that is still being written: a quote left open ends with its line, a comment with the text. */
export function lexUnfinished(text: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < text.length) {
    const token = text.startsWith('/*', at)
      ? blockComment(text, at)
      : (match(text, at) ?? unclosed(text, at));
    tokens.push(token);
    at = token.stop;
  }
  return tokens;
}

function unclosed(text: string, start: number): SqlToken {
  const end = text.charAt(start) === '$' ? -1 : text.indexOf('\n', start);
  return { kind: 'unclosed', start, stop: end < 0 ? text.length : end };
}

function match(text: string, start: number): SqlToken | undefined {
  for (const [kind, rule] of rules) {
    rule.lastIndex = start;
    if (rule.test(text)) return { kind, start, stop: rule.lastIndex };
  }
  return undefined;
}

function blockComment(text: string, start: number): SqlToken {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const two = text.slice(at, at + 2);
    if (two === '/*') depth++;
    if (two === '*/') depth--;
    if (two === '/*' || two === '*/') at++;
    if (depth === 0) return { kind: 'comment', start, stop: at + 1 };
  }
  return { kind: 'unclosed', start, stop: text.length };
}

/** One statement of a longer text, without its semicolon. */
export interface Statement {
  readonly text: string;
  readonly start: number;
  readonly stop: number;
}

/** Splits text at its semicolons; pieces of only space and comments are left out. */
export function splitStatements(text: string): Statement[] {
  const statements: Statement[] = [];
  let first: number | undefined;
  let last = 0;
  const close = () => {
    if (first !== undefined) statements.push({ text: text.slice(first, last), start: first, stop: last });
    first = undefined;
  };
  for (const token of lexSql(text)) {
    if (token.kind === 'end') close();
    else if (token.kind !== 'space' && token.kind !== 'comment') {
      first ??= token.start;
      last = token.stop;
    }
  }
  close();
  return statements;
}

/**
 * Refuses text that could reach beyond the parentheses it will stand in: several statements, brackets that
 * do not match, an open quote or comment, or nothing at all. `what` names it in the message.
 */
export function fence(text: string, what: string): string {
  const open: string[] = [];
  let solid = false;
  for (const token of lexSql(text)) {
    const position = token.start + 1;
    if (token.kind === 'end')
      throw problem('bad_input', `${what} must not contain a semicolon.`, { at: { position } });
    if (token.kind === 'open') open.push(text.charAt(token.start));
    if (token.kind === 'close' && open.pop() !== (text.charAt(token.start) === ')' ? '(' : '[')) {
      throw problem('bad_input', `${what} closes a bracket that was not opened.`, { at: { position } });
    }
    if (token.kind !== 'space' && token.kind !== 'comment') solid = true;
  }
  if (open.length > 0)
    throw problem('bad_input', `${what} leaves a bracket open.`, { at: { position: text.length } });
  if (!solid) throw problem('bad_input', `${what} is empty.`);
  return text;
}
