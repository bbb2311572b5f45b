import type { SourceState } from '../../../shared/contract/import.ts';
import { toProblem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import { hashOf, openSource, type Source } from '../files/source/source.ts';

interface Kept {
  readonly source: string;
  readonly recipe: string;
  readonly hash: string;
  readonly bytes: number;
}

/** Knows whether the files of tables were changed since they were imported; a file is read again only where it was written to. */
export class SourceStates {
  readonly #context: Context;
  readonly #hashes = new Map<string, string>();

  constructor(context: Context) {
    this.#context = context;
  }

  async of(table: string, signal: AbortSignal): Promise<SourceState> {
    const { database, workspace } = this.#context;
    const kept = await database.maybeOne<Kept>(
      sql`select i.source, i.recipe, i.source_hash as hash, i.source_bytes as bytes from assay.tables t
        join assay.imports i on i.id = t.import_id where t.name = ${table} and t.origin = 'import'`,
    );
    if (!kept) return { state: 'not imported', source: null, recipe: null, bytes: null, modified: null };
    const { source, recipe } = kept;
    const found = await openSource(source, workspace.dir).catch((thrown: unknown) => {
      if (!['not_found', 'bad_input'].includes(toProblem(thrown).code)) throw thrown;
      return undefined;
    });
    if (!found) return { state: 'missing', source, recipe, bytes: null, modified: null };
    const { bytes, modified } = found;
    const changed = bytes !== Number(kept.bytes) || (await this.#hash(found, signal)) !== kept.hash;
    return { state: changed ? 'changed' : 'same', source, recipe, bytes, modified };
  }

  async #hash(source: Source, signal: AbortSignal): Promise<string> {
    const known = this.#hashes.get(source.stamp);
    if (known) return known;
    const hash = await hashOf(source, signal);
    if (this.#hashes.size > 1000) this.#hashes.clear();
    this.#hashes.set(source.stamp, hash);
    return hash;
  }
}
