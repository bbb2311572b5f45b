import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Receipt, ReceiptProof } from '../../../../shared/contract/promote.ts';
import { problem } from '../../../../shared/problem.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { fingerprintOf, isIntact, publicPart, signingKey } from './signature.ts';

const shape = z.looseObject({
  id: z.string(),
  target: z.string(),
  server: z.string(),
  status: z.string(),
  startedAt: z.string(),
  tables: z.array(z.looseObject({ table: z.string() })),
  signature: z.object({ publicKey: z.string(), value: z.string() }).nullable(),
});

/** Reads a receipt's file and says what its signature proves; refused where the file is no receipt. */
export async function proofOf(workspace: Workspace, named: string): Promise<ReceiptProof> {
  const file = resolve(workspace.dir, named);
  const text = await readFile(file, 'utf8');
  const receipt = receiptIn(text, named);
  const key = receipt.signature?.publicKey;
  const intact = isIntact(receipt);
  const own = key !== undefined && key === publicPart(await signingKey(workspace));
  const fingerprint = key === undefined ? null : fingerprintOf(key);
  return { file, receipt, intact, own, key: fingerprint, says: wordsOf(intact, own, fingerprint) };
}

function receiptIn(text: string, named: string): Receipt {
  try {
    return shape.parse(JSON.parse(text)) as unknown as Receipt;
  } catch (cause) {
    throw problem('bad_input', `${named} is not a receipt.`, {
      hint: 'Receipts are the files in receipts/ of a workspace.',
      at: { file: named },
      cause,
    });
  }
}

function wordsOf(intact: boolean, own: boolean, key: string | null): string {
  if (key === null) return 'It is not signed: nothing in it is proven.';
  if (!intact) return 'Its file was changed after it was signed: nothing in it is proven.';
  if (own) return 'It is as this workspace signed it.';
  return `It is as it was signed, with the key ${key.slice(0, 16)}… of another workspace: compare that with what its owner tells.`;
}
