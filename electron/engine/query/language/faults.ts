import type { Fault } from '../../../../shared/contract/query-language.ts';
import { toProblem } from '../../../../shared/problem.ts';
import { substitute } from '../../../../shared/query-parameters.ts';
import { type Statement, splitStatements } from '../../../../shared/sql-lexer.ts';
import type { Database } from '../../database/database.ts';
import { loadParser, syntaxFault } from '../parser.ts';
import { utf16Offset } from '../place-problem.ts';
import { statementKind } from '../statement-kind.ts';

/** What PostgreSQL has against a text: its parser at once, its planner where the text parses and the database is free. */
export async function faultsIn(database: Database, text: string): Promise<readonly Fault[]> {
  await loadParser();
  const read = statementsOf(text);
  if ('fault' in read) return [read.fault];
  const grammar = read.statements.flatMap((statement) => grammarFault(text, statement) ?? []);
  if (grammar.length > 0 || database.status().state !== 'ready') return grammar;
  return plannerFaults(database, text, read.statements);
}

function statementsOf(text: string): { statements: readonly Statement[] } | { fault: Fault } {
  try {
    return { statements: splitStatements(text) };
  } catch (thrown) {
    const { message, at } = toProblem(thrown);
    const from = (at?.position ?? 1) - 1;
    return { fault: { from, to: endOfLine(text, from), message } };
  }
}

const endOfLine = (text: string, from: number) => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

function grammarFault(text: string, statement: Statement): Fault | undefined {
  const { text: bound, origin } = substitute(statement.text, (_name, number) => `$${number}`);
  const found = syntaxFault(bound);
  if (!found) return undefined;
  const at = utf16Offset(bound, found.at + 1) ?? bound.length;
  return placed(text, statement, origin(at), { message: found.message });
}

/** From the word at the place to its end; at the end of the text the last letter. */
function placed(
  text: string,
  statement: Statement,
  inside: number,
  fault: Omit<Fault, 'from' | 'to'>,
): Fault {
  const at = statement.start + inside;
  if (at >= statement.stop)
    return { from: Math.max(statement.start, statement.stop - 1), to: statement.stop, ...fault };
  const word = /^("[^"]*"|[\w$.\u0080-\uffff]+|.)/su.exec(text.slice(at, statement.stop))?.[0] ?? ' ';
  return { from: at, to: at + word.length, ...fault };
}

/** A statement may need what one before it makes, so planning ends at the first that changes what there is. */
async function plannerFaults(
  database: Database,
  text: string,
  statements: readonly Statement[],
): Promise<readonly Fault[]> {
  const changing = statements.findIndex((statement) => makes.test(statement.text));
  const plannable = statements.slice(0, changing < 0 ? statements.length : changing);
  const faults: Fault[] = [];
  for (const statement of plannable) {
    if (statementKind(statement.text).controls) continue;
    const { text: bound, origin } = substitute(statement.text, (_name, number) => `$${number}`);
    try {
      await database.use({ title: 'Reading what is written' }, (session) => session.plan(bound));
    } catch (thrown) {
      const { code, message, hint, at } = toProblem(thrown);
      const offset = at?.position === undefined ? undefined : utf16Offset(bound, at.position);
      if (code !== 'sql_failed' || offset === undefined || at?.sqlstate === '42P18') continue;
      faults.push(placed(text, statement, origin(offset), { message, ...(hint ? { hint } : {}) }));
    }
  }
  return faults;
}

const makes =
  /^\s*(create|alter|drop|set|reset|do|call|savepoint|release)\b|(?<!\b(insert|merge)\s+)\binto\b/i;
