import type { Receipt } from '../../../../shared/contract/promote.ts';
import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Context } from '../../context.ts';
import { fileName } from '../../workspace/file-name.ts';
import { writeWhole } from '../../workspace/write-whole.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { notedReceipts } from '../target/ledger.ts';
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
 * Takes up what the target knows of promotions and of their way back and this workspace does not, because it was killed
 * or cut off before it wrote that down; only what its own key has signed. Gives what was undone there.
 */
export async function adoptReceipts(
  context: Context,
  target: string,
  session: TargetSession,
): Promise<readonly Receipt[]> {
  const here = new Map((await listReceipts(context)).map(({ id, status }) => [id, status]));
  const standing = [...here].flatMap(([id, status]) => (status === 'rolled back' ? [] : [id]));
  const noted = await notedReceipts(session, standing);
  const unknown = noted.filter(({ id, status }) => (here.get(id) ?? 'rolled back') !== status);
  if (unknown.length === 0) return [];
  const own = publicPart(await signingKey(context.workspace));
  const undone: Receipt[] = [];
  for (const receipt of unknown) {
    if (receipt.signature?.publicKey !== own || !isIntact(receipt) || receipt.target !== target) continue;
    const kept = await keepReceipt(context, receipt);
    if (kept.status === 'rolled back') undone.push(kept);
  }
  return undone;
}
