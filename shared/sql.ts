import { problem } from './problem.ts';
import { fence } from './sql-lexer.ts';

/** A value that may stand in a hole of sql``. */
export type SqlValue = string | number | bigint | boolean | null;

type Part = { readonly text: string } | { readonly value: SqlValue };

/** SQL made by our own tag. The private field is the brand: JSON and other objects cannot carry it. */
export class Sql {
  readonly #parts: readonly Part[];

  private constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  static of(parts: readonly Part[], key: typeof maker): Sql {
    if (key !== maker) throw problem('bug', 'SQL is made by sql`` only.');
    return new Sql(parts);
  }

  static is(value: unknown): value is Sql {
    return typeof value === 'object' && value !== null && #parts in value;
  }

  get parts(): readonly Part[] {
    return this.#parts;
  }
}

const maker = Symbol('maker');
const make = (parts: readonly Part[]) => Sql.of(parts, maker);
const text = (words: string): Part => ({ text: words });

/** Makes SQL: a hole is a parameter unless it is itself an `Sql`. */
export function sql(strings: TemplateStringsArray, ...holes: readonly (Sql | SqlValue)[]): Sql {
  const parts: Part[] = [];
  strings.raw.forEach((words, at) => {
    parts.push(text(words));
    const hole = holes[at];
    if (at >= holes.length || hole === undefined) return;
    if (Sql.is(hole)) parts.push(...hole.parts);
    else parts.push({ value: hole });
  });
  return make(parts);
}

/** A quoted name, `ident('schema', 'table')` a qualified one. Names over 63 bytes are refused: PostgreSQL cuts them. */
export function ident(...names: readonly [string, ...string[]]): Sql {
  return make([text(names.map(quoteName).join('.'))]);
}

function quoteName(name: string): string {
  if (name === '' || name.includes('\0'))
    throw problem('bad_input', 'A name must not be empty or contain NUL.');
  if (new TextEncoder().encode(name).length > 63) {
    throw problem('bad_input', `The name "${name.slice(0, 40)}…" is longer than 63 bytes.`);
  }
  return `"${name.replaceAll('"', '""')}"`;
}

/** Puts pieces in a row, by default separated by commas. */
export function join(pieces: readonly (Sql | SqlValue)[], separator: Sql = sql`, `): Sql {
  const parts = pieces.flatMap((piece, at): readonly Part[] => [
    ...(at > 0 ? separator.parts : []),
    ...(Sql.is(piece) ? piece.parts : [{ value: piece }]),
  ]);
  return make(parts);
}

/** Puts pieces one below the other, as the columns of a SELECT. */
export const lines = (pieces: readonly Sql[]): Sql =>
  join(
    pieces,
    sql`,
  `,
  );

/** Names as a list: `"a", "b"`. */
export const names = (list: readonly string[]): Sql => join(list.map((name) => ident(name)));

/** Nothing, for a clause that is left out. */
export const nothing: Sql = sql``;

/** An expression that the analyst wrote, fenced in parentheses it cannot leave. */
export const expression = (written: string): Sql => make([text(`(${fence(written, 'The expression')}\n)`)]);

/** A SELECT that the analyst wrote, to stand as a sub-select; fenced likewise, without the outer alias. */
export const subselect = (written: string): Sql =>
  make([text(`(${fence(written.replace(/;\s*$/, ''), 'The query')}\n)`)]);

/** A clause as a server's catalog deparsed it (an index, a constraint, a trigger), fenced so that it stays one statement. */
export const clause = (deparsed: string): Sql => make([text(fence(deparsed, 'The definition'))]);

/** A type name such as `numeric(12,2)` or `timestamp with time zone`; anything else is refused. */
export function typeName(type: string): Sql {
  if (!/^[a-z_][a-z0-9_ ]*(\(\d+(,\s*-?\d+)?\))?( with(out)? time zone)?(\[\])*$/i.test(type)) {
    throw problem('bad_input', `"${type}" is not a type name.`);
  }
  return make([text(type)]);
}

/** Text with `$1 …` and its parameters, for the database's extended protocol. */
export function toQuery(statement: Sql): { text: string; params: SqlValue[] } {
  const params: SqlValue[] = [];
  const words = statement.parts.map((part) => ('text' in part ? part.text : `$${params.push(part.value)}`));
  return { text: words.join(''), params };
}

/** Text with every value written as a literal: for views, COPY, and for people to read. */
export function toText(statement: Sql): string {
  return statement.parts.map((part) => ('text' in part ? part.text : literal(part.value))).join('');
}

/** The same statement without parameters, each value a literal: for statements that PostgreSQL plans without them. */
export const literals = (statement: Sql): Sql => make([text(toText(statement))]);

function literal(value: SqlValue): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'bigint') return value < 0n ? `(${value})` : String(value);
  if (typeof value === 'number') return numberLiteral(value);
  if (value.includes('\0'))
    throw problem('bad_input', 'Text must not contain NUL: PostgreSQL cannot hold it.');
  return `'${value.replaceAll("'", "''")}'`;
}

function numberLiteral(value: number): string {
  if (!Number.isFinite(value)) return `'${String(value)}'::double precision`;
  return value < 0 || Object.is(value, -0) ? `(${value})` : String(value);
}
