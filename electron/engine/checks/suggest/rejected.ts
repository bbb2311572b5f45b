import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { problem } from '../../../../shared/problem.ts';
import { writeWhole } from '../../workspace/write-whole.ts';

/** Stands beside the rules, for it is a decision of the analyst as they are; no rules are read from it. */
const fileName = 'rejected-suggestions.json';

const rejection = z.object({
  table: z.string(),
  kind: z.string(),
  params: z.record(z.string(), z.unknown()),
});

/** A suggestion that is not wanted. */
export type Rejection = z.output<typeof rejection>;

/** The same suggestion, however its parameters are ordered. */
export const rejectionKey = ({ table, kind, params }: Rejection): string =>
  JSON.stringify([table, kind, Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** What was rejected in this workspace. */
export async function readRejected(dir: string): Promise<readonly Rejection[]> {
  const file = join(dir, fileName);
  if (!existsSync(file)) return [];
  try {
    return z.array(rejection).parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw problem('bad_input', `${fileName} cannot be read.`, {
      hint: 'It is a list of { table, kind, params }: mend it, or remove it to be asked anew.',
      at: { file },
      cause,
    });
  }
}

/** Adds a rejection, or takes it back. */
export async function keepRejected(dir: string, one: Rejection, undo: boolean): Promise<void> {
  const before = await readRejected(dir);
  const others = before.filter((other) => rejectionKey(other) !== rejectionKey(one));
  const now = undo ? others : [...others, one];
  const sorted = now.toSorted((a, b) => (rejectionKey(a) < rejectionKey(b) ? -1 : 1));
  await mkdir(dir, { recursive: true });
  await writeWhole(join(dir, fileName), `${JSON.stringify(sorted, null, 2)}\n`);
}
