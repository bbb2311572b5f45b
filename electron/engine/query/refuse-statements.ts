import { problem } from '../../../shared/problem.ts';
import type { Statement } from '../../../shared/sql-lexer.ts';

/** What is run together is one transaction. */
export function refuseControl(statement: Statement | undefined): void {
  if (!statement) return;
  throw problem(
    'bad_input',
    'What is run together is one transaction already: all of it happens, or nothing.',
    {
      hint: 'Leave begin, commit and rollback out. Savepoints may stay.',
      at: { position: statement.start + 1 },
    },
  );
}

/** The embedded database has no files or programs, and would wait for ever for what is typed after FROM STDIN. */
export function refuseCopy(statement: Statement | undefined): void {
  if (!statement) return;
  throw problem('bad_input', 'COPY reads and writes files of a server; here the database is embedded.', {
    hint: 'To load a file, import it; to write one, run a SELECT and save its result, or export the table.',
    at: { position: statement.start + 1 },
  });
}

/** What PostgreSQL runs outside of transactions only can neither be kept from writing nor be undone. */
export function refuseAlone(statement: Statement | undefined): void {
  if (!statement) return;
  throw problem('bad_input', 'This statement runs outside of transactions and cannot be undone.', {
    hint: 'Switch writing on and run it without undo.',
    at: { param: 'undo', position: statement.start + 1 },
  });
}
