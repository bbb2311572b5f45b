import { problem } from '../../../shared/problem.ts';
import type { Bound } from './bind-parameters.ts';
import { loadParser, parseTree } from './parser.ts';

/** Statements whose effect on rows is recorded, or which make something that can be dropped again. */
const undoable = new Set([
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'TruncateStmt',
  'CreateTableAsStmt',
  'CreateStmt',
  'ViewStmt',
  'ExplainStmt',
  'VariableSetStmt',
  'VariableShowStmt',
  'TransactionStmt',
]);

/** Refuses statements that could not be undone, by name; what does not parse is refused by PostgreSQL in a moment. */
export async function refuseNotUndoable(statements: readonly Bound[]): Promise<void> {
  await loadParser();
  for (const { bound, start } of statements) {
    const kind = kindOf(bound.text);
    if (kind === undefined || undoable.has(kind)) continue;
    const words = bound.text.trim().split(/\s+/).slice(0, 2).join(' ').toUpperCase();
    throw problem('bad_input', `${words} cannot be undone.`, {
      hint: 'Run it without undo if that is what you want. Changed rows and what is made anew can be undone.',
      at: { param: 'undo', position: start + 1 },
    });
  }
}

function kindOf(text: string): string | undefined {
  const tree = parseTree(text) as { stmts?: { stmt?: Record<string, unknown> }[] } | undefined;
  const [kind, node] = Object.entries(tree?.stmts?.[0]?.stmt ?? {})[0] ?? [];
  const replaces = kind === 'ViewStmt' && (node as { replace?: boolean }).replace === true;
  return replaces ? 'CREATE OR REPLACE VIEW' : kind;
}
