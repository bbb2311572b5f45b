import type { Receipt, ReceiptProof, RollBackPlan, RowDifference } from '../../shared/contract/promote.ts';
import { rolledBackInWords, setAsideInWords } from '../../shared/roll-back-words.ts';
import type { Outcome } from './define-command.ts';
import { textTable } from './output.ts';
import { listed } from './shown-plan.ts';

/** A receipt as text; sides that differ end the command with 1. */
export function received(receipt: Receipt): Outcome {
  const rows = receipt.tables.map(({ table, rows, serverRows, checksumsEqual, checksEqual }) => [
    table,
    String(rows),
    String(serverRows),
    checksumsEqual ? 'equal' : 'DIFFERENT',
    checksEqual === null ? '–' : checksEqual ? 'equal' : 'DIFFERENT',
  ]);
  const kept = receipt.receipt ? `Receipt: ${receipt.receipt}\n` : '';
  const table = textTable(['table', 'rows', 'on target', 'checksums', 'checks'], rows);
  const notes = receipt.notes.map((note) => `${note}\n`).join('');
  const differing = receipt.tables.flatMap(({ table, differences }) =>
    differences.map((one) => differs(table, one)),
  );
  const unknown = receipt.tables.flatMap(({ table, checks }) =>
    checks.flatMap(({ check, why }) => (why ? [`\n${table}.${check} could not be evaluated: ${why}\n`] : [])),
  );
  const accepted = listed('Promoted although these checks did not pass', receipt.accepted ?? []);
  const text = `${receipt.target}: ${receipt.server}\n\n${table}${differing.join('')}${unknown.join('')}${accepted}\nStatus: ${receipt.status}\n${notes}${kept}`;
  return { json: receipt, text, exit: receipt.status === 'differs' ? 1 : 0 };
}

function differs(table: string, { here, there, columns }: RowDifference): string {
  const shown = (row: RowDifference['here']) => (row === null ? 'no such row' : JSON.stringify(row));
  const where = columns.length > 0 ? ` differs in ${columns.join(', ')}` : '';
  return `\n${table}${where}\n  here  ${shown(here)}\n  there ${shown(there)}\n`;
}

/** A receipt that was changed, of another target or signed by a key that nobody named fails like data that differ: exit code 1. */
export function proven(proof: ReceiptProof, target: string, trusted: string | undefined): Outcome {
  const { receipt, intact, own, key, says } = proof;
  const known = own || (key !== null && key === trusted?.toLowerCase());
  const other = receipt.target !== target;
  const facts = [
    ['promoted to', `${receipt.target}: ${receipt.server}`],
    ['at', receipt.startedAt],
    ['status', receipt.status],
    ['tables', receipt.tables.map(({ table }) => table).join(', ')],
    ['key (SHA-256)', key ?? 'none'],
  ];
  const foreign =
    intact && !known
      ? 'Nobody has vouched for that key here: give --key with its SHA-256 as its owner tells it.\n'
      : '';
  const words = other ? `It is about the target ${receipt.target}, not ${target}.\n` : '';
  return {
    json: proof,
    text: `${textTable(['', ''], facts)}\n${says}\n${foreign}${words}`,
    exit: intact && known && !other ? 0 : 1,
  };
}

/** What Roll back would do, as text. */
export function rollingBack(plan: RollBackPlan): Outcome {
  const { receipt, undone, tables } = plan;
  const which = `${receipt.target}: the promotion of ${receipt.startedAt}`;
  if (undone) return { json: plan, text: `${which} is rolled back already.\n` };
  const rows = tables.map((table) => [table.table, table.kind, rolledBackInWords(table)]);
  const aside = tables.flatMap((table) => {
    const says = setAsideInWords(table);
    return says ? [`  ${table.table}: ${says}\n`] : [];
  });
  const kept = aside.length > 0 ? `\nSet aside:\n${aside.join('')}` : '\nNothing would be set aside.\n';
  return {
    json: plan,
    text: `${which} would be undone\n\n${textTable(['object', 'kind', 'what happens'], rows)}${kept}`,
  };
}
