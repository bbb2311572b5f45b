import { typeFamily, userColumns } from '../../../../shared/column.ts';
import type { PlaceKeys } from '../../../../shared/contract/search.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { knownTable } from '../../database/known-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import type { Narrowed } from '../find/ranking.ts';
import { within } from './documents-in.ts';

/** More of them are no filter that anybody reads. */
const mostKeys = 1000;

/** So many columns are looked into: those of short values before those of text. */
const looked = 20;
const naming = ['integer', 'uuid', 'decimal', 'text'];

/** The rows of a place by the first column of their table that names each row, for a filter of the grid. */
export async function keysIn(
  session: Session,
  { table }: CollectionRecord,
  place: Narrowed,
  /** Columns that must not name them. */
  without: readonly string[] = [],
): Promise<PlaceKeys> {
  const column = await keyOf(session, table, without);
  const rows = await session.query<{ key: string }>(sql`
    select t.${ident(column)}::text as key from ${ident('public', table)} as t
    where t._row in (select source_row from ${place.documents} where ${within(place)})
    order by t._row limit ${mostKeys + 1}`);
  if (rows.length <= mostKeys) return { column, keys: rows.map(({ key }) => key) };
  throw problem('bad_input', `More than ${mostKeys} rows lie there: too many for a filter by ${column}.`, {
    hint: 'Label them: a filter on the label shows them all.',
  });
}

async function keyOf(session: Session, table: string, without: readonly string[]): Promise<string> {
  const { columns } = await knownTable(session, table);
  const rank = ({ type }: { readonly type: string }) => naming.indexOf(typeFamily(type));
  const candidates = userColumns(columns)
    .filter((one) => rank(one) >= 0 && !without.includes(one.name))
    .toSorted((one, other) => rank(one) - rank(other));
  for (const { name } of candidates.slice(0, looked)) {
    const { unique } = await session.one<{ unique: boolean }>(sql`
      select count(distinct ${ident(name)}) = count(*) as unique from ${ident('public', table)}`);
    if (unique) return name;
  }
  throw problem('bad_input', `No column of "${table}" names each of its rows.`, {
    hint: 'Label the documents: a filter on the label shows their rows.',
    at: { table },
  });
}
