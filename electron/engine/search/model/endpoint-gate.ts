import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import type { Endpoint } from './endpoint-manifest.ts';

/** What lets texts out: a person's yes, kept for this workspace on this computer, and keys, kept only while the engine runs. */
export class EndpointGate {
  readonly #database: Database;
  readonly #keys = new Map<string, string>();

  constructor(database: Database) {
    this.#database = database;
  }

  async isAllowed({ origin, keyName }: Endpoint): Promise<boolean> {
    const there = await this.#database.maybeOne(sql`
      select 1 from assay.allowed_endpoints where origin = ${origin} and key_name = ${keyName ?? ''}`);
    return there !== undefined;
  }

  async allow({ origin, keyName }: Endpoint): Promise<void> {
    await this.#database.run(sql`
      insert into assay.allowed_endpoints (origin, key_name) values (${origin}, ${keyName ?? ''}) on conflict do nothing`);
  }

  /** Takes the yes of a person who named the address; nothing where another was named, or none. */
  async agree(endpoint: Endpoint, named: string | undefined): Promise<void> {
    if (named !== undefined && originIn(named) === endpoint.origin) await this.allow(endpoint);
  }

  /** Takes a yes back. */
  async forbid({ origin }: Endpoint): Promise<void> {
    await this.#database.run(sql`delete from assay.allowed_endpoints where origin = ${origin}`);
  }

  /** The key that goes along: given by the window from the system's keychain, else of the environment. */
  keyOf(endpoint: Endpoint): string | undefined {
    if (endpoint.keyName === null) return undefined;
    return this.#keys.get(placeOf(endpoint)) ?? (process.env[endpoint.keyName] || undefined);
  }

  /** Keeps a key while the engine runs; null forgets it. */
  giveKey(endpoint: Endpoint, key: string | null): void {
    if (key === null) this.#keys.delete(placeOf(endpoint));
    else this.#keys.set(placeOf(endpoint), key);
  }

  /** Refuses to send anything that nobody said yes to, or for which there is no key. */
  async open(endpoint: Endpoint): Promise<{ readonly key: string | undefined }> {
    if (!(await this.isAllowed(endpoint))) throw notAllowed(endpoint, 'Texts');
    const key = this.keyOf(endpoint);
    if (endpoint.keyName === null || key !== undefined) return { key };
    throw problem('bad_input', `There is no key for ${endpoint.origin}: nothing was sent.`, {
      hint: `Set the environment variable ${endpoint.keyName}; in the app, embed a collection by this model and give the key there.`,
    });
  }
}

/** An address as people write it, by its origin alone. */
function originIn(written: string): string | undefined {
  try {
    return new URL(written.includes('://') ? written : `https://${written}`).origin;
  } catch {
    return undefined;
  }
}

const placeOf = ({ origin, keyName }: Endpoint) => `${origin} ${keyName}`;

/** Says what would leave this computer, where to, and how a person agrees. */
export const notAllowed = ({ url, origin, keyName }: Endpoint, what: string) =>
  problem(
    'bad_input',
    `${what} would leave this computer and go to ${plain(url)}${keyName === null ? '' : `, with the key of ${keyName}`}. Nobody agreed to that: nothing was sent.`,
    {
      hint: `Where that is meant, embed or search with --allow-endpoint ${origin}, which is kept for this workspace; the app asks when it embeds.`,
      at: { param: 'allowEndpoint' },
    },
  );

/** An address without what may be secret in it. */
const plain = (url: string) => {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
};
