import { sql } from '../../../../shared/sql.ts';
import type { Filter } from '../../../../shared/view/filters.ts';
import type { Session } from '../../database/database.ts';
import { knownTable } from '../../database/known-table.ts';
import { viewInPostgres } from '../../tables/view-in-postgres.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import type { Narrowed } from '../find/ranking.ts';

/** A place without the documents whose rows the grid of their table leaves out; filters on columns that are gone do nothing. */
export async function inGrid(
  session: Session,
  { table }: CollectionRecord,
  place: Narrowed,
  filters: readonly Filter[],
): Promise<Narrowed> {
  if (filters.length === 0) return place;
  const known = await knownTable(session, table);
  const there = filters.filter((one) => known.columns.some(({ name }) => name === one.column));
  if (there.length === 0) return place;
  const rows = viewInPostgres(known, { sort: [], filters: there }, 'any order');
  return { ...place, conditions: [...place.conditions, sql`source_row in (select t._row from ${rows})`] };
}
