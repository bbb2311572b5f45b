import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { type Problem, problem, toProblem } from '../../../shared/problem.ts';
import { describe } from '../../../shared/wire.ts';

/** What a file holds, or what is wrong with it. */
export type Read<Held> =
  | { readonly held: Held; readonly problem?: never }
  | { readonly held?: never; readonly problem: Problem };

/** Reads a YAML file of version 1 that people may have written; `what` names it in messages: the chart. Never fails. */
export async function readYaml<Held>(
  file: string,
  schema: z.ZodType<Held>,
  what: string,
): Promise<Read<Held>> {
  try {
    const { parse } = await import('yaml');
    return { held: heldIn(parse(await readFile(file, 'utf8')), file, schema, what) };
  } catch (thrown) {
    const { code, message, hint } = toProblem(thrown);
    const known = code === 'bug' ? 'bad_input' : code;
    return { problem: { code: known, message, ...(hint ? { hint } : {}), at: { file } } };
  }
}

function heldIn<Held>(data: unknown, file: string, schema: z.ZodType<Held>, what: string): Held {
  const { version } = (data ?? {}) as { version?: unknown };
  if (typeof version === 'number' && version > 1) {
    throw problem('newer_version', `${file} was written by a newer Assay.`, {
      hint: 'Open it with that one.',
    });
  }
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  throw problem('bad_input', describe(read.error), { hint: `Mend the file by hand, or delete ${what}.` });
}
