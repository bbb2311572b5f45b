import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Receipt } from '../../../../shared/contract/promote.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** The workspace's own key, made when it is first wanted. It stays on this machine. */
export async function signingKey(workspace: Pick<Workspace, 'statePath'>): Promise<KeyObject> {
  const file = workspace.statePath('receipts.key');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return createPrivateKey(kept);
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  return privateKey;
}

/** The receipt with a signature (Ed25519) over everything else in it. */
export function signed(receipt: Receipt, key: KeyObject): Receipt {
  const publicKey = publicPart(key);
  const value = sign(null, Buffer.from(canonical(receipt)), key).toString('base64');
  return { ...receipt, signature: { publicKey, value } };
}

/** The part of a key that receipts carry. */
export const publicPart = (key: KeyObject): string =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');

/** A public key in short, to be compared by eye: its SHA-256. */
export const fingerprintOf = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');

/** Whether a receipt is as it was signed. */
export function isIntact(receipt: Receipt): boolean {
  if (!receipt.signature) return false;
  const { publicKey, value } = receipt.signature;
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' });
    return verify(null, Buffer.from(canonical(receipt)), key, Buffer.from(value, 'base64'));
  } catch {
    return false;
  }
}

/** One text for one receipt, in whatever order a database gives its keys back. The file's name is not part of it. */
function canonical({ signature: _signature, receipt: _file, ...said }: Receipt): string {
  return JSON.stringify(sorted(said));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
