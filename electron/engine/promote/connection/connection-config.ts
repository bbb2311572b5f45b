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
    ssl: tls === 'disable' ? false : { rejectUnauthorized: tls === 'verify-full', ...certificates(target) },
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: name,
  };
}

/** Not by how a name begins: `localhost.example.com` is another machine. */
const isHere = (host = 'localhost') => /^(localhost|127(\.\d{1,3}){3}|::1|\/.*)$/.test(host);

/** What the certificate files of a target hold. */
function certificates({ ca, cert, key, name }: Target) {
  if ((cert === undefined) !== (key === undefined)) {
    throw problem(
      'bad_input',
      `The target "${name}" has ${cert ? 'a certificate without its key' : 'a key without its certificate'}.`,
      {
        hint: 'Name both, `cert` and `key`, or none.',
      },
    );
  }
  const files = Object.entries({ ca, cert, key });
  return Object.fromEntries(
    files.flatMap(([what, file]) => (file ? [[what, contentOf(what, file, name)]] : [])),
  );
}

function contentOf(what: string, file: string, target: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    throw problem('not_found', `The certificate file ${file} of the target "${target}" cannot be read.`, {
      hint: `Correct \`${what}\` of the target, or take it away.`,
      at: { file },
      cause: thrown,
    });
  }
}
