import type { Receipt, RollBackPlan, RolledBack } from '../../../../shared/contract/promote.ts';
import { ident, sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { undoneSchema } from '../load/unswap.ts';
import { keptSchema, type Noted } from '../target/ledger.ts';
import { writtenAfter } from '../target/rows-since.ts';
import { shownName } from '../target/target-state.ts';
import { type LookedBack, lookBack } from './roll-back.ts';

/** Says before anything is undone what comes back, what goes, and what others wrote since and is set aside. */
export async function sayRollBack(session: TargetSession, last: Receipt): Promise<RollBackPlan> {
  const found = await lookBack(session, last);
  const tables: RolledBack[] = [];
  for (const noted of found.own) tables.push(await sayOne(session, last, noted, found));
  return { receipt: last, undone: false, tables };
}

async function sayOne(
  session: TargetSession,
  last: Receipt,
  noted: Noted,
  { changed, retouched, unsure }: LookedBack,
): Promise<RolledBack> {
  const { to, name, kind, replaced } = noted;
  const kept = { to: keptSchema(noted.promotion, noted), name };
  const drift = changed.get(noted);
  const seen = drift ?? retouched.get(noted);
  const aside = drift !== undefined || unsure.includes(noted);
  const isTable = kind === 'table' || kind === 'collection';
  return {
    ...{ table: shownName(noted), kind },
    rows: await rowsIn(session, { to, name }),
    earlier: replaced ? await rowsIn(session, kept) : null,
    aside: aside ? { place: `${undoneSchema(last.id, noted)}.${name}`, sure: drift !== undefined } : null,
    since: seen
      ? { columns: seen.columns, ...(drift && isTable ? await writtenTo(session, noted, drift.rowsNow) : {}) }
      : null,
  };
}

async function rowsIn(
  session: TargetSession,
  { to, name }: Pick<Noted, 'to' | 'name'>,
  where = sql``,
): Promise<number> {
  const [found] = await session.query<{ rows: number }>(
    sql`select count(*)::float8 as rows from ${ident(to, name)} ${where}`,
  );
  return found?.rows ?? 0;
}

/** Rows that were written since, and how many of those that were promoted are gone or are others now; nothing where all were written anew. */
async function writtenTo(session: TargetSession, noted: Noted, rowsNow: number) {
  const { at, rows } = noted.about;
  if (at === undefined) return {};
  const written = await rowsIn(session, noted, sql`where ${writtenAfter(at)}`);
  const gone = rows - (rowsNow - written);
  const known = gone >= 0 && written + gone > 0 && (written < rowsNow || rowsNow < rows);
  return known ? { rows: { written, gone } } : {};
}
