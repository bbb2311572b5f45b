import { ident, type Sql, sql } from '../../../../shared/sql.ts';
import type { Promotion } from '../apply.ts';
import { writePlainly } from '../connection/plain-texts.ts';
import { standingRows } from '../objects/mode.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { rowHash } from './checksums.ts';
import { type PlaceThere, wholeTable } from './evidence.ts';

/** So many hashes are sent at once. */
const atOnce = 1_000_000;

/**
 * Where on the target the rows are that answer to those here. Where others may stay beside them, the hashes of keys, or of
 * whole rows where there are none, are sent into a temporary table that tells which.
 */
export async function oursThere(promotion: Promotion): Promise<(object: PromotedObject) => PlaceThere> {
  const places = new Map<string, PlaceThere>();
  for (const [at, object] of promotion.objects.entries()) {
    const place = wholeTable(object, object.to);
    const from =
      object.mode === 'replace' || object.mode === 'scd2'
        ? standingRows(object)
        : await among(promotion, object, at);
    places.set(placeKey(object), { ...place, from });
  }
  return (object) => places.get(placeKey(object)) ?? wholeTable(object, object.to);
}

const placeKey = ({ kind, name }: PromotedObject) => `${kind} ${name}`;

async function among(promotion: Promotion, object: PromotedObject, at: number): Promise<Sql> {
  const name = ` ours ${at}`;
  await sendHashes(promotion, object, name);
  const hash = hashBy(object);
  const known = ident('pg_temp', name);
  return sql`(
    select there.* from (
      select *, ${hash} as " hash", row_number() over (partition by ${hash}) as " copy" from ${ident(object.to, object.name)}) as there
    join ${known} as known on known.hash = " hash" and " copy" <= known.copies) as ${ident(object.name)}`;
}

const hashBy = ({ by, columns }: PromotedObject): Sql =>
  rowHash(by.length > 0 ? columns.filter(({ name }) => by.includes(name)) : columns);

async function sendHashes({ database, session, signal }: Promotion, object: PromotedObject, name: string) {
  await session.run(sql`create temporary table ${ident(name)} (hash bigint, copies bigint)`);
  const columns = [
    { name: 'hash', type: 'bigint' },
    { name: 'copies', type: 'bigint' },
  ];
  const parts = 2 ** Math.ceil(Math.log2(Math.max(1, object.rows / atOnce)));
  for (let part = 0; part < parts; part++) {
    const hashes = sql`select hash, count(*) as copies from (select ${hashBy(object)} as hash from ${object.from}) as hashed
      where hash & ${parts - 1} = ${part} group by hash`;
    const turn = { title: `Comparing ${object.name}`, priority: 'background' as const, signal };
    const bytes = await database.use(turn, async (own) => {
      await writePlainly(own);
      return own.copyOut(sql`copy (${hashes}) to stdout (format binary)`);
    });
    await session.append({ schema: 'pg_temp', name, columns }, bytes, sql`select 1`);
  }
}
