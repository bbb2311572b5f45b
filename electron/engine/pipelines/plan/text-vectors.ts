import { ident, literals, type Sql, sql } from '../../../../shared/sql.ts';
import { modelKey, type StepModel } from '../../../../shared/step-model.ts';
import type { Session } from '../../database/database.ts';

/** Turns texts into vectors, one for each; the search room's embedders do. Without a model the built-in one does. */
export type EmbedTexts = (
  texts: readonly string[],
  options?: {
    readonly signal?: AbortSignal;
    readonly model?: StepModel;
    /** The turn of whoever has the database while it waits for vectors. */
    readonly turn?: Filling['turn'];
  },
) => Promise<readonly Float32Array[]>;

/** How vectors are made for whoever asks for them. */
export interface Filling {
  readonly embed: EmbedTexts;
  /** The model that a step names; the built-in one where it names none. */
  readonly model?: StepModel | undefined;
  readonly signal: AbortSignal;
  /** A name for a temporary table. */
  readonly name: string;
  turn<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Told how many texts there are once that is known; may refuse. */
  readonly expect?: (texts: number) => void;
  readonly onProgress?: (done: number, total: number) => void;
}

const textsAPiece = 512;

/** What nobody asked for in so many days is forgotten. */
const keptDays = 90;

/** Makes the vectors of the texts that a select gives, as far as they are not there; each piece is kept at once. */
export async function fillVectors(texts: Sql, filling: Filling): Promise<void> {
  const { embed, signal, name, turn, expect, onProgress, model } = filling;
  const key = keyOf(model);
  const missing = ident('pg_temp', name);
  const total = await turn((session) => noteMissing(session, texts, name, key));
  try {
    expect?.(total);
    for (let after = 0; after < total; after += textsAPiece) {
      signal.throwIfAborted();
      onProgress?.(after, total);
      const piece = sql`select text from ${missing} where n > ${after} and n <= ${after + textsAPiece} order by n`;
      const rows = await turn((session) => session.query<{ text: string }>(piece));
      const vectors = await embed(
        rows.map(({ text }) => text),
        { signal, turn, ...(model === undefined ? {} : { model }) },
      );
      const made = rows.map(({ text }, at) => ({ text, vector: `[${(vectors[at] ?? []).join(',')}]` }));
      await turn((session) =>
        session.run(sql`
          insert into assay.text_vectors (text_key, vector)
          select ${key}, vector::vector from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as made (text text, vector text)
          on conflict do nothing`),
      );
    }
  } finally {
    await turn((session) => session.run(sql`drop table if exists ${missing}`)).catch(() => {});
  }
}

/** By what a vector is found again: as `assay.vector_of` has it. */
const keyOf = (model: StepModel | undefined): Sql =>
  model === undefined ? sql`md5(text)::uuid` : sql`md5(md5(${modelKey(model)}) || md5(text))::uuid`;

/** Keeps the texts that have no vector yet, each with a number; how many they are. */
async function noteMissing(session: Session, texts: Sql, name: string, key: Sql): Promise<number> {
  await session.run(sql`delete from assay.text_vectors where used_on < current_date - ${keptDays}::integer`);
  const asked = ident('pg_temp', `${name}_asked`);
  await session.run(
    literals(sql`
      create temp table ${ident(`${name}_asked`)} as
      select text, ${key} as key from (select distinct text from (${texts}) as given where text is not null) as texts`),
  );
  try {
    await session.run(sql`
      update assay.text_vectors set used_on = current_date
      where used_on < current_date and text_key in (select key from ${asked})`);
    await session.run(sql`
      create temp table ${ident(name)} as
      select row_number() over () as n, text from ${asked} as asked
      where not exists (select from assay.text_vectors as v where v.text_key = asked.key)`);
  } finally {
    await session.run(sql`drop table if exists ${asked}`);
  }
  const { count } = await session.one<{ count: number }>(
    sql`select count(*) as count from ${ident('pg_temp', name)}`,
  );
  return Number(count);
}
