import { names, type Sql, sql } from '../../../../shared/sql.ts';
import type { Promotion } from '../apply.ts';
import { standingRows } from '../objects/mode.ts';
import type { PromotedObject } from '../objects/objects.ts';
import type { Existing } from '../target/existing.ts';
import { rowHash } from '../verify/checksums.ts';
import { sideHere, sideThere } from '../verify/evidence.ts';
import { bucketSums, hashesIn, sameBucket } from '../verify/row-differences.ts';

const fewBuckets = 4096;
const manyBuckets = 65_536;
const manyRows = 200_000;
/** Beyond so many hashes to exchange it is quicker to send the rows. */
const mostHashes = 400_000;

/** What need not travel: rows that the target has already are taken from the table that is replaced. */
export interface ChangedRows {
  /** Holds for the rows here that are sent. */
  readonly sent: Sql;
  /** Puts the others into the staging table. */
  reuse(staging: Sql): Sql;
}

/**
 * Finds the rows that differ from those of the table that is to be replaced, by exchanging sums of hashes and then the
 * hashes where sums differ. Undefined where columns are others or most rows are. A row that is there more often than
 * here is sent whole, however often it is here.
 */
export async function changedRows(
  { database, session, signal }: Promotion,
  object: PromotedObject,
  existing: Existing | undefined,
): Promise<ChangedRows | undefined> {
  if (!existing || existing.rows === 0 || existing.carried.forcedSecurity || !sameColumns(object, existing))
    return;
  const { columns, rows } = object;
  const here = sideHere(database, object, signal);
  const there = sideThere(session, standingRows(object));
  const buckets = Math.max(rows, existing.rows) > manyRows ? manyBuckets : fewBuckets;
  const [sums, sumsThere] = await Promise.all([
    bucketSums(here, columns, buckets),
    bucketSums(there, columns, buckets),
  ]);
  const differing = [...new Set([...sums.keys(), ...sumsThere.keys()])].filter(
    (bucket) => !sameBucket(sums.get(bucket), sumsThere.get(bucket)),
  );
  const exchanged = differing.reduce((total, bucket) => total + (sums.get(bucket)?.rows ?? 0), 0);
  if (exchanged > Math.min(mostHashes, rows / 2)) return;
  const ours = await hashesIn(here, columns, differing, buckets);
  const theirs = await hashesIn(there, columns, differing, buckets);
  const hashes = [...new Set([...ours.keys(), ...theirs.keys()])].filter(
    (hash) => ours.get(hash) !== theirs.get(hash),
  );
  return between(object, hashes);
}

function between(object: PromotedObject, hashes: readonly string[]): ChangedRows {
  const { columns } = object;
  const known = sql`${`{${hashes.join(',')}}`}::bigint[]`;
  const hash = rowHash(columns);
  const list = names(columns.map((column) => column.name));
  return {
    sent: sql`${hash} = any(${known})`,
    reuse: (staging) => sql`insert into ${staging} (${list}) select ${list} from ${standingRows(object)}
      where not exists (select from unnest(${known}) as differing (hash) where differing.hash = ${hash})`,
  };
}

const sameColumns = ({ columns }: PromotedObject, { carried }: Existing) =>
  columns.every(({ name, type }) =>
    carried.columns.some((column) => column.name === name && column.type === type),
  );
