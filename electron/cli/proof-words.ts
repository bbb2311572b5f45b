import type { ReceiptProof } from '../../shared/contract/promote.ts';
import type { Outcome } from './define-command.ts';
import { textTable } from './output.ts';

/** A receipt that was changed, or of another target, fails like data that differ: exit code 1. */
export function proven(proof: ReceiptProof, target: string): Outcome {
  const { receipt, intact, key, says } = proof;
  const other = receipt.target !== target;
  const facts = [
    ['promoted to', `${receipt.target}: ${receipt.server}`],
    ['at', receipt.startedAt],
    ['status', receipt.status],
    ['tables', receipt.tables.map(({ table }) => table).join(', ')],
    ['key (SHA-256)', key ?? 'none'],
  ];
  const words = other ? `It is about the target ${receipt.target}, not ${target}.\n` : '';
  return {
    json: proof,
    text: `${textTable(['', ''], facts)}\n${says}\n${words}`,
    exit: intact && !other ? 0 : 1,
  };
}
