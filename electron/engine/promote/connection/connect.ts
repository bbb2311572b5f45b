import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { Target } from '../../../../shared/contract/workspace.ts';
import { problem } from '../../../../shared/problem.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Context } from '../../context.ts';
import { readSettings } from '../../workspace/settings.ts';
import type { Promotion } from '../apply.ts';
import { type Choice, promotedObjects } from '../objects/read-objects.ts';
import { publicPart, signingKey } from '../receipts/signature.ts';
import { readRules } from '../verify/rules-on-both.ts';
import type { TargetSession } from './target-session.ts';
import { connectWorkspace } from './workspace-session.ts';

/** Where a call goes, and with what. */
export interface Wanted extends Choice {
  readonly target: string;
  readonly password?: string | undefined;
  readonly withoutVectors?: boolean | undefined;
}

/** The target of this name in assay.yaml. */
export async function targetOf({ workspace }: Context, name: string): Promise<Target> {
  const { targets } = await readSettings(workspace.dir);
  const target = targets.find((entry) => entry.name === name);
  if (target) return target;
  throw problem('not_found', `There is no target "${name}".`, {
    hint: `Targets in assay.yaml: ${targets.map((entry) => entry.name).join(', ') || 'none yet'}.`,
  });
}

/** A connection to it, which the caller closes; a folder that is only looked at is not written to. */
export async function connect(
  context: Context,
  { target: name, password }: Pick<Wanted, 'target' | 'password'>,
  signal: AbortSignal,
  looking = false,
): Promise<TargetSession> {
  const target = await targetOf(context, name);
  if (target.kind === 'workspace') return connectWorkspace(target, context.workspace.dir, signal, looking);
  // The client library is loaded when a server is first wanted, not at the start.
  const { connectServer } = await import('./server-session.ts');
  // One name for a workspace, by which it knows a dead connection of its own again; a copy of its folder has another.
  const key = publicPart(await signingKey(context.workspace));
  const own = createHash('sha256').update(JSON.stringify([key, hostname(), context.workspace.dir]));
  return connectServer(
    placed(target, context.workspace.dir),
    password,
    signal,
    `assay ${own.digest('hex').slice(0, 16)}`,
  );
}

/** A target whose files are named in full. */
function placed({ ca, cert, key, ...rest }: Target, dir: string): Target {
  const files = Object.entries({ ca, cert, key });
  return {
    ...rest,
    ...Object.fromEntries(files.flatMap(([what, file]) => (file ? [[what, resolve(dir, file)]] : []))),
  };
}

/** Looks at the target with the chosen objects, or does some work there, and closes the connection. */
export async function onTarget<T>(
  context: Context,
  wanted: Wanted,
  { signal, progress }: CallContext,
  work: (promotion: Promotion) => Promise<T>,
  looking = true,
): Promise<T> {
  const { database } = context;
  const target = await targetOf(context, wanted.target);
  const objects = await promotedObjects(context, wanted, target);
  const rulesOf = await readRules(context);
  const session = await connect(context, wanted, signal, looking);
  try {
    return await work({ database, session, objects, rulesOf, signal, progress });
  } finally {
    await session.close();
  }
}
