import type { Receipt } from '../../../../shared/contract/promote.ts';
import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Context } from '../../context.ts';
import { fileName } from '../../workspace/file-name.ts';
import { writeWhole } from '../../workspace/write-whole.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { standingReceipts } from '../target/ledger.ts';
import { isIntact, publicPart, signed, signingKey } from './signature.ts';

/** Signs a receipt, writes it as a file of the workspace and into the catalog; one that was written before is replaced. */
export async function keepReceipt({ workspace, database }: Context, receipt: Receipt): Promise<Receipt> {
  const file =
    receipt.receipt ??
    `receipts/${receipt.startedAt.replaceAll(/[:.]/g, '-')}-${fileName(receipt.target)}.json`;
  const kept = { ...signed(receipt, await signingKey(workspace)), receipt: file };
  const text = `${JSON.stringify(kept, null, 2)}\n`;
  await database.run(sql`
    insert into assay.promotions (id, target, server, status, receipt, receipt_file, ms, started_at)
    values (${kept.id}, ${kept.target}, ${kept.server}, ${kept.status}, ${text}::jsonb, ${file},
      ${Math.round(kept.ms)}, ${kept.startedAt}::timestamptz)
    on conflict (id) do update set status = excluded.status, receipt = excluded.receipt`);
  await writeWhole(workspace.path(file), text).catch((thrown: unknown) => {
    throw problem(
      'disk',
      `The promotion is ${kept.status === 'rolled back' ? 'rolled back' : 'in place'}, but its receipt could not be written to ${file}.`,
      {
        hint: 'The workspace knows of it all the same, and lists it with the earlier ones.',
        at: { file },
        cause: thrown,
      },
    );
  });
  return kept;
}

/** Every receipt, newest first. */
export async function listReceipts({ database }: Pick<Context, 'database'>): Promise<readonly Receipt[]> {
  const rows = await database.query<{ receipt: Receipt }>(
    sql`select receipt from assay.promotions order by started_at desc`,
  );
  return rows.map(({ receipt }) => receipt);
}

/** The latest promotion to a target that still stands. */
export async function lastReceipt(context: Context, target: string): Promise<Receipt> {
  const last = (await listReceipts(context)).find(
    (receipt) => receipt.target === target && receipt.status !== 'rolled back',
  );
  if (last?.receipt) return last;
  throw problem('not_found', `Nothing was promoted to "${target}" that could be rolled back.`);
}

/**
 * Takes up receipts that the target has and this workspace has not, because it was killed between the swap and
 * writing its own; only those that its own key has signed.
 */
export async function adoptReceipts(context: Context, target: string, session: TargetSession): Promise<void> {
  const known = new Set((await listReceipts(context)).map(({ id }) => id));
  const unknown = (await standingReceipts(session)).filter(({ id }) => !known.has(id));
  if (unknown.length === 0) return;
  const own = publicPart(await signingKey(context.workspace));
  for (const receipt of unknown) {
    const ours = receipt.signature?.publicKey === own && isIntact(receipt);
    if (ours && receipt.target === target) await keepReceipt(context, receipt);
  }
}
