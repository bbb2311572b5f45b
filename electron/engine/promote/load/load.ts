import { ident, type Sql, sql } from '../../../../shared/sql.ts';
import type { Promotion } from '../apply.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { indexMemory } from '../objects/collection-keys.ts';
import { type MadeThere, makeThere } from '../objects/made-there.ts';
import { inMakingOrder, type PromotedObject, refuseChanged } from '../objects/objects.ts';
import { refuseHiddenBehind } from '../objects/private-columns.ts';
import { notesSchema, reachedIn, stagingSchema } from '../target/ledger.ts';
import { keyOf, type TargetState } from '../target/target-state.ts';
import { addedUp, type ChecksumAnswer, type Checksums, readChecksums } from '../verify/checksums.ts';
import { changedRows } from './changed-rows.ts';
import { ahead, piecesOf } from './copy-pieces.ts';
import { LoadProgress } from './load-progress.ts';
import { keysOf, preparation, stagingOf } from './swap.ts';

/** How far an object came: the last row that is there, and whether its keys are made. */
interface Reached {
  readonly object: string;
  readonly last: string | null;
  readonly rows: number;
  readonly bytes: number;
  readonly keyed: boolean;
  /** Rows that did not have to be sent; null before anybody has looked which. */
  readonly reused: number | null;
}

/** Checksums here of what was sent as a whole, taken as it was read; what was sent in several attempts has none. */
export type SentSums = ReadonlyMap<string, Checksums>;

/**
 * Loads everything into the staging schema in committed pieces. What an attempt before this one has loaded of the same
 * rows stays: it goes on where that ended, and adds nothing twice, because a piece and its note are one transaction.
 */
export async function loadStaging(
  promotion: Promotion,
  state: TargetState,
  staging: string,
): Promise<SentSums> {
  const { session, objects } = promotion;
  await dropStaging(session, await staleSchemas(session, stagingOf(staging, objects)));
  const reached = await reachedSoFar(session, staging, objects);
  if (!reached) await session.transaction(beginning(objects, state, staging));
  const whole = new LoadProgress(objects, promotion.progress);
  const sums = new Map<string, Checksums>();
  for (const object of inMakingOrder(objects)) {
    const before = reached?.get(keyOf(object));
    const sent = await loadOne(promotion, state, staging, object, before, whole);
    if (sent) sums.set(keyOf(object), readChecksums(object.columns, sent));
    if (!before?.keyed) await finish(promotion, state, staging, object);
  }
  await refuseChanged(promotion.database, objects);
  return sums;
}

/** All of what must be there, made at once, so that staging is there whole or not at all. */
function beginning(objects: readonly PromotedObject[], state: TargetState, staging: string): Sql[] {
  return [
    ...preparation(objects, state, staging),
    sql`create table ${reachedIn(staging)} (object text primary key, last text, rows bigint not null, bytes bigint not null, keyed boolean not null, reused bigint)`,
    ...objects.map(
      (object) => sql`insert into ${reachedIn(staging)} values (${keyOf(object)}, null, 0, 0, false, null)`,
    ),
  ];
}

/** What was joined already with rows that stay cannot be compared any more: then all begins anew. */
async function reachedSoFar(session: TargetSession, staging: string, objects: readonly PromotedObject[]) {
  const [there] = await session.query(
    sql`select 1 as found from pg_tables where schemaname = ${notesSchema(staging)} and tablename = 'reached'`,
  );
  if (!there) return undefined;
  const rows = await session.query<Reached>(
    sql`select object, last, rows::float8 as rows, bytes::float8 as bytes, keyed, reused::float8 as reused from ${reachedIn(staging)}`,
  );
  const reached = new Map(rows.map((row) => [row.object, row]));
  if (!objects.some((object) => object.mode !== 'replace' && reached.get(keyOf(object))?.keyed))
    return reached;
  await dropStaging(session, stagingOf(staging, objects));
  return undefined;
}

async function loadOne(
  promotion: Promotion,
  state: TargetState,
  staging: string,
  object: PromotedObject,
  before: Reached | undefined,
  whole: LoadProgress,
): Promise<ChecksumAnswer | undefined> {
  const { database, session, signal } = promotion;
  const place = { ...object, schema: stagingSchema(staging, object) };
  let { rows = 0, bytes = 0 } = before ?? {};
  let sums: ChecksumAnswer | undefined;
  const tell = () => whole.tell(object, rows, bytes);
  tell();
  if (object.made) {
    if (rows === 0) await makeOne(promotion, staging, object, object.made);
  } else if (!before?.keyed) {
    const only = await reuse(promotion, state, staging, object, before);
    for await (const piece of ahead(piecesOf(database, object, signal, before?.last ?? null, only))) {
      rows += piece.rows;
      bytes += piece.bytes.length;
      sums = addedUp(sums, piece.sums);
      await session.append(
        place,
        piece.bytes,
        sql`update ${reachedIn(staging)} set last = ${piece.last}, rows = ${rows}, bytes = ${bytes} where object = ${keyOf(object)}`,
      );
      tell();
    }
  }
  whole.tell(object, object.rows, bytes);
  return rows === (before?.rows ?? 0) || before?.last ? undefined : sums;
}

/** Its pipeline's own SQL makes it there, out of what was loaded before it. */
async function makeOne(
  { session, objects, progress }: Promotion,
  staging: string,
  object: PromotedObject,
  made: MadeThere,
) {
  const { name, rows } = object;
  progress({ title: `Making ${name} there by ${made.by}`, done: 0, total: rows, unit: 'rows' });
  const making = session.transaction([
    ...makeThere(staging, object, made),
    sql`update ${reachedIn(staging)} set rows = ${rows} where object = ${keyOf(object)}`,
  ]);
  await making.catch((thrown: unknown) => refuseHiddenBehind(thrown, object, objects));
}

/** Takes what did not change from the table that is replaced; what is to be sent then. */
async function reuse(
  promotion: Promotion,
  state: TargetState,
  staging: string,
  object: PromotedObject,
  before: Reached | undefined,
): Promise<Sql | undefined> {
  const begun = before?.last !== undefined && before.last !== null;
  if (begun && before?.reused === null) return undefined;
  const changed = await changedRows(promotion, object, state.existing.get(keyOf(object)));
  if (!changed) return undefined;
  const table = ident(stagingSchema(staging, object), object.name);
  if (before?.reused === undefined || before.reused === null) {
    await promotion.session.transaction([
      changed.reuse(table),
      sql`update ${reachedIn(staging)} set reused = (select count(*) from ${table}) where object = ${keyOf(object)}`,
    ]);
  }
  return changed.sent;
}

/** Keys and indexes; where rows that stay are still to come, they wait. */
async function finish(
  { session, progress }: Promotion,
  state: TargetState,
  staging: string,
  object: PromotedObject,
): Promise<void> {
  if (object.mode !== 'replace') {
    await session.run(sql`analyze ${ident(stagingSchema(staging, object), object.name)}`);
    return;
  }
  const statements = keysOf(object, state, staging);
  progress({ title: `Indexing ${object.name}`, done: 0, total: statements.length, unit: 'steps' });
  await session.transaction([
    indexMemory(object),
    ...statements,
    sql`update ${reachedIn(staging)} set keyed = true where object = ${keyOf(object)}`,
  ]);
}

/** Schemas of promotions that died, except those that this one goes on with. */
async function staleSchemas(session: TargetSession, own: readonly string[]): Promise<readonly string[]> {
  const rows = await session.query<{ name: string }>(sql`
    select nspname as name from pg_namespace
    where nspname like ${'assay\\_staging\\_%'} and pg_has_role(nspowner, 'usage') order by 1`);
  return rows.map(({ name }) => name).filter((name) => !own.includes(name));
}

/** Drops leftovers; the caller holds the promotion lock. */
export async function dropStaging(session: TargetSession, schemas: readonly string[]): Promise<void> {
  for (const schema of schemas) await session.run(sql`drop schema if exists ${ident(schema)} cascade`);
}

/** Drops whatever promotions that died have left; the caller holds the promotion lock. */
export const cleanUp = async (session: TargetSession): Promise<void> =>
  dropStaging(session, await staleSchemas(session, []));
