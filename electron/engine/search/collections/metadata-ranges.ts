import type { FilterValue, MetadataRange } from '../../../../shared/contract/search.ts';
import { isNumberEnd, isRange } from '../../../../shared/contract/search-filter.ts';
import { join, type Sql, sql } from '../../../../shared/sql.ts';

/** Documents whose numbers, or days, lie in the ranges of a filter; what is neither lies in none. */
export const metadataWithin = (filter: Readonly<Record<string, FilterValue>>): Sql[] =>
  Object.entries(filter).flatMap(([key, value]) => (isRange(value) ? [inRange(key, value)] : []));

function inRange(key: string, range: MetadataRange): Sql {
  const value = sql`(metadata->${key}::text)`;
  const text = sql`(metadata->>${key}::text)`;
  const { from, to } = range;
  if (isNumberEnd(from ?? to ?? '')) {
    const ends = [
      ...(from === undefined ? [] : [sql`${text}::numeric >= ${String(from)}::numeric`]),
      ...(to === undefined ? [] : [sql`${text}::numeric <= ${String(to)}::numeric`]),
    ];
    return sql`case when jsonb_typeof(${value}) = 'number' then ${join(ends, sql` and `)} else false end`;
  }
  const ends = [
    ...(from === undefined ? [] : [sql`${text}::timestamp >= ${String(from)}::timestamp`]),
    ...(to === undefined ? [] : [before(text, String(to))]),
  ];
  return sql`case when ${isMoment(value, text)} then ${join(ends, sql` and `)} else false end`;
}

/** A day ends with its last moment. */
const before = (text: Sql, to: string): Sql =>
  /[T ]/.test(to)
    ? sql`${text}::timestamp <= ${to}::timestamp`
    : sql`${text}::timestamp < ${to}::timestamp + interval '1 day'`;

/** Days and moments stand in metadata as PostgreSQL writes them in JSON; words such as today are none there. */
const isMoment = (value: Sql, text: Sql): Sql =>
  sql`jsonb_typeof(${value}) = 'string' and ${text} ~ '^(\d|-?infinity$)' and pg_input_is_valid(${text}, 'timestamp')`;
