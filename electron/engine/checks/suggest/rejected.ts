import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { problem } from '../../../../shared/problem.ts';
import { rejectedFile } from '../../workspace/contract-files.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { writeWhole } from '../../workspace/write-whole.ts';
import { askedOfColumns } from './asked-of-columns.ts';

const rejection = z.object({
  table: z.string(),
  kind: z.string(),
  params: z.record(z.string(), z.unknown()),
});

/** A suggestion that is not wanted. */
export type Rejection = z.output<typeof rejection>;

/**
 * The same suggestion: a rule that asks the same, also where the next load has other limits or values for it; a fix that
 * is the same, however its parameters are ordered.
 */
export const rejectionKey = ({ table, kind, params }: Rejection): string =>
  JSON.stringify([
    table,
    askedOfColumns(kind, params) ?? [kind, Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))],
  ]);

/** What was rejected in this workspace: in its folder of rules, and on this computer alone where values of private columns stand in it. */
export const readRejected = async (
  workspace: Pick<Workspace, 'path' | 'statePath'>,
): Promise<readonly Rejection[]> => [
  ...(await readFrom(placeOf(workspace, false))),
  ...(await readFrom(placeOf(workspace, true))),
];

const placeOf = (workspace: Pick<Workspace, 'path' | 'statePath'>, quoting: boolean): string =>
  quoting ? workspace.statePath(rejectedFile) : join(workspace.path('checks'), rejectedFile);

async function readFrom(file: string): Promise<readonly Rejection[]> {
  if (!existsSync(file)) return [];
  try {
    return z.array(rejection).parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw problem('bad_input', `${rejectedFile} cannot be read.`, {
      hint: 'It is a list of { table, kind, params }: mend it, or remove it to be asked anew.',
      at: { file },
      cause,
    });
  }
}

/** Adds a rejection, or takes it back. */
export async function keepRejected(
  workspace: Pick<Workspace, 'path' | 'statePath'>,
  one: Rejection,
  { undo, quoting }: { readonly undo: boolean; readonly quoting: boolean },
): Promise<void> {
  const file = placeOf(workspace, quoting);
  const before = await readFrom(file);
  const others = before.filter((other) => rejectionKey(other) !== rejectionKey(one));
  const now = undo ? others : [...others, one];
  const sorted = now.toSorted((a, b) => (rejectionKey(a) < rejectionKey(b) ? -1 : 1));
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, `${JSON.stringify(sorted, null, 2)}\n`);
}
