import { readFileSync } from 'node:fs';
import type pg from 'pg';
import type { Target } from '../../../../shared/contract/workspace.ts';
import { problem } from '../../../../shared/problem.ts';

/** How the client connects to a target: verified TLS, unless the server is this machine or the target says otherwise. */
export function configOf(target: Target, password: string | undefined, name: string): pg.ClientConfig {
  const tls = target.tls ?? (isHere(target.host) ? 'disable' : 'verify-full');
  return {
    host: target.host ?? 'localhost',
    port: target.port ?? 5432,
    database: target.database ?? 'postgres',
    ...(target.user ? { user: target.user } : {}),
    ...(password ? { password } : {}),
    ssl: tls === 'disable' ? false : { rejectUnauthorized: tls === 'verify-full', ...authority(target) },
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: name,
  };
}

/** Not by how a name begins: `localhost.example.com` is another machine. */
const isHere = (host = 'localhost') => /^(localhost|127(\.\d{1,3}){3}|::1|\/.*)$/.test(host);

function authority({ ca, name }: Target): { readonly ca?: string } {
  if (ca === undefined) return {};
  try {
    return { ca: readFileSync(ca, 'utf8') };
  } catch (thrown) {
    throw problem('not_found', `The certificate file ${ca} of the target "${name}" cannot be read.`, {
      hint: 'Correct `ca` of the target, or take it away.',
      at: { file: ca },
      cause: thrown,
    });
  }
}
