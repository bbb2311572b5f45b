import { createHash } from 'node:crypto';
import { named } from '../../../../shared/by-name.ts';
import { userColumns } from '../../../../shared/column.ts';
import type { Drift } from '../../../../shared/contract/promote.ts';
import { ident, sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { columnsThere } from '../objects/column-list.ts';
import { type ChecksumAnswer, checksumQuery, readChecksums, wholeRow } from '../verify/checksums.ts';
import { definitionOf, type Noted } from './ledger.ts';
import { ownStructureOf } from './structure-there.ts';

/** How a table on the target differs from what was noted when it was promoted; undefined where it does not. */
export async function driftOf(session: TargetSession, noted: Noted): Promise<Drift | undefined> {
  if (noted.kind === 'view' || noted.kind === 'materialized view') return definedOtherwise(session, noted);
  const columns = userColumns(await columnsThere(session, noted.to, noted.name));
  const [answer] = await session.query<ChecksumAnswer>(
    checksumQuery(ident(noted.to, noted.name), columns, 'server'),
  );
  const { rows, byColumn } = readChecksums(columns, answer as ChecksumAnswer);
  const list = columns.map(({ name, type }) => `${name} ${type}`).join(', ');
  const others = Object.entries(noted.checksums).filter(
    ([name, sum]) => name !== wholeRow && named(byColumn, name) !== sum,
  );
  const names = [...(list === noted.columns ? [] : ['(columns)']), ...others.map(([name]) => name)];
  const moved = names.length === 0 && byColumn[wholeRow] !== noted.checksums[wholeRow];
  if (names.length === 0 && !moved) return undefined;
  return {
    table: noted.kind === 'collection' ? `${noted.to}.${noted.name}` : noted.name,
    since: noted.at,
    columns: moved ? [wholeRow] : names,
    rowsThen: noted.about.rows,
    rowsNow: rows,
    state: stateOf(byColumn),
  };
}

/** What people did there to the table itself since, whose rows are as they were: rights, keys, indexes and the like. */
export async function structureDrift(session: TargetSession, noted: Noted): Promise<Drift | undefined> {
  const { structure, rows } = noted.about;
  if (structure === undefined) return undefined;
  const [now] = await session.query<{ structure: string | null }>(
    sql`select ${ownStructureOf(noted)} as structure`,
  );
  if (now?.structure === structure) return undefined;
  return {
    ...{ table: noted.name, since: noted.at, columns: ['its rights, keys or indexes'] },
    ...{ rowsThen: rows, rowsNow: rows, state: stateOf(now) },
  };
}

/** What a view shows changes with what it reads; only its definition is its own. */
async function definedOtherwise(session: TargetSession, noted: Noted): Promise<Drift | undefined> {
  const [now] = await session.query<{ definition: string | null }>(
    sql`select ${definitionOf(noted.to, noted.name)} as definition`,
  );
  if (now?.definition === noted.about.definition) return undefined;
  const { rows } = noted.about;
  return {
    table: noted.name,
    since: noted.at,
    columns: ['(definition)'],
    rowsThen: rows,
    rowsNow: rows,
    state: stateOf(now),
  };
}

/** Names what was seen of a table: something else has another name. */
export const stateOf = (seen: unknown) => createHash('sha256').update(JSON.stringify(seen)).digest('hex');

/** The newest note of each table that stands: what the target should hold. */
export function newestNotes(notes: readonly Noted[]): ReadonlyMap<string, Noted> {
  const newest = new Map<string, Noted>();
  for (const noted of notes) {
    const key = `${noted.to}.${noted.name}`;
    if (!newest.has(key)) newest.set(key, noted);
  }
  return newest;
}
