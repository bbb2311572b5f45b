import type { ProblemError } from '../../../../shared/problem.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { keptSchema, type Noted, standing, wordOf } from './ledger.ts';

/** Lets go of versions in these schemas beyond those that are kept. A version that is needed still waits for the next time. */
export async function prune(session: TargetSession, keep: number, schemas: readonly string[]): Promise<void> {
  const seen = new Map<string, number>();
  const needed: Noted[] = [];
  for (const noted of await standing(session)) {
    if (!noted.replaced || !noted.kept || !schemas.includes(noted.to)) continue;
    const table = `${noted.to}.${noted.name}`;
    const versions = (seen.get(table) ?? 0) + 1;
    seen.set(table, versions);
    if (versions <= keep) continue;
    // Refused while a view or a key that is kept with it needs it.
    if (!(await letGo(session, [noted]))) needed.push(noted);
  }
  // What another of them needed, they need no more, or they go with it: they may point at one another.
  for (const promotion of new Set(needed.map((noted) => noted.promotion))) {
    const together = needed.filter((noted) => noted.promotion === promotion);
    if (!(await letGo(session, together))) for (const noted of together) await letGo(session, [noted]);
  }
}

/** Of one promotion, at once. */
async function letGo(session: TargetSession, versions: readonly Noted[]): Promise<boolean> {
  const dropped = await session.transaction(dropKept(versions)).then(() => true, isNeeded);
  // Refused while other tables of that promotion are in it.
  if (dropped)
    for (const schema of new Set(versions.map((noted) => keptSchema(noted.promotion, noted))))
      await session.run(sql`drop schema ${ident(schema)}`).catch(() => {});
  return dropped;
}

function dropKept(versions: readonly Noted[]): Sql[] {
  const at = (noted: Noted) => ident(keptSchema(noted.promotion, noted), noted.name);
  const isView = ({ kind }: Noted) => kind === 'view' || kind === 'materialized view';
  const views = versions.filter(isView).sort((a, b) => b.place - a.place);
  const tables = versions.filter((noted) => !isView(noted));
  return [
    sql`set local lock_timeout = '500ms'`,
    ...views.map((noted) => sql`drop ${wordOf(noted.kind)} ${at(noted)}`),
    ...(tables.length > 0 ? [sql`drop table ${join(tables.map(at))}`] : []),
    ...versions.map(
      ({ promotion, to, name }) => sql`update assay_promotions.change set kept = false
        where promotion = ${promotion} and schema_name = ${to} and table_name = ${name}`,
    ),
  ];
}

function isNeeded(thrown: unknown): false {
  if ((thrown as Partial<ProblemError>).problem?.at?.sqlstate !== '2BP01') throw thrown;
  return false;
}
