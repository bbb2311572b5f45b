import { named } from '../../../shared/by-name.ts';
import type { Parameter } from '../../../shared/contract/query.ts';
import { problem, toProblem } from '../../../shared/problem.ts';
import { parameterNames, type Substituted, substitute } from '../../../shared/query-parameters.ts';
import { sql, toText, typeName } from '../../../shared/sql.ts';
import { type Statement, splitStatements } from '../../../shared/sql-lexer.ts';
import type { Session } from '../database/database.ts';

/** A statement of a text with values in the place of its parameters. */
export interface Bound extends Statement {
  readonly bound: Substituted;
}

export type Values = Readonly<Record<string, string | null>>;

/** The parameters of a text with their types; what PostgreSQL cannot infer is text. */
export async function parametersOf(session: Session, text: string): Promise<readonly Parameter[]> {
  return [...(await typesOf(session, text))].map(([name, type]) => ({ name, type: type ?? 'text' }));
}

async function typesOf(session: Session, text: string): Promise<ReadonlyMap<string, string | undefined>> {
  const types = new Map<string, string | undefined>();
  for (const statement of splitStatements(text)) {
    const names = parameterNames(statement.text);
    if (names.length === 0) continue;
    const inferred = await typesIn(session, statement);
    names.forEach((name, at) => {
      const known = types.get(name);
      if (known === undefined || known === 'text') types.set(name, inferred[at] ?? known);
    });
  }
  return types;
}

/** A table that a statement before it makes is not there yet: then nothing is known. */
async function typesIn(session: Session, statement: Statement): Promise<readonly (string | undefined)[]> {
  const untyped = new Set<number>();
  for (;;) {
    const { text } = substitute(statement.text, (_name, number) =>
      untyped.has(number) ? `$${number}::text` : `$${number}`,
    );
    try {
      const { parameters } = await session.plan(text);
      return parameters.map((type, at) =>
        type === 'unknown' || untyped.has(at + 1) || !canBeNamed(type) ? undefined : type,
      );
    } catch (thrown) {
      const { code, message } = toProblem(thrown);
      if (code !== 'sql_failed') throw thrown;
      // PostgreSQL names one that nothing beside it gives a type; the others have theirs.
      const one = Number(/data type of parameter \$(\d+)/.exec(message)?.[1] ?? 0);
      if (one === 0 || untyped.has(one)) return [];
      untyped.add(one);
    }
  }
}

function canBeNamed(type: string): boolean {
  try {
    typeName(type);
    return true;
  } catch {
    return false;
  }
}

/** Puts values in the place of parameters, each as a literal of the type that PostgreSQL infers for it, if it does. */
export async function bindParameters(
  session: Session,
  text: string,
  values: Values,
): Promise<readonly Bound[]> {
  const statements = splitStatements(text);
  const names = parameterNames(text);
  const missing = names.find((name) => !Object.hasOwn(values, name));
  if (missing !== undefined) {
    throw problem('bad_input', `The parameter :${missing} has no value.`, {
      hint: `Give it one, as in --param ${missing}=…`,
      at: { param: missing },
    });
  }
  const types = names.length > 0 ? await typesOf(session, text) : new Map<string, undefined>();
  return statements.map((statement) => ({
    ...statement,
    bound: substitute(statement.text, (name) => literal(named(values, name) ?? null, types.get(name))),
  }));
}

/** Without a type PostgreSQL reads it as what stands beside it asks for. */
const literal = (value: string | null, type: string | undefined): string =>
  toText(type === undefined ? sql`(${value})` : sql`(${value}::${typeName(type)})`);

/** A text with its values written out. */
export async function boundText(session: Session, text: string, values: Values): Promise<string> {
  const statements = await bindParameters(session, text, values);
  let made = '';
  let last = 0;
  for (const { bound, start, stop } of statements) {
    made += text.slice(last, start) + bound.text;
    last = stop;
  }
  return made + text.slice(last);
}
